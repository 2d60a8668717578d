// Each test file starts with empty actors and freshly migrated databases.
import { beforeAll } from 'vitest';
import { resetAll } from './reset-all.ts';

beforeAll(resetAll);
