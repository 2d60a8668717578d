// Each test file starts with empty actors and a freshly migrated directory.
import { beforeAll } from 'vitest';
import { resetAll } from './reset-all.ts';

beforeAll(resetAll);
