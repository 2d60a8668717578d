// Each test file starts with empty actors and a freshly migrated directory.
import { beforeAll } from 'vitest';
import { beginAnew } from './begin-anew.ts';

beforeAll(beginAnew);
