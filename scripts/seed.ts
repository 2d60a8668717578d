// What a new desk starts with, so that the first `npm start` shows something.
import type { D1Database, R2Bucket } from '@cloudflare/workers-types';

export interface SeedContext {
  url: string;
  directory: D1Database;
  files: R2Bucket;
}

export async function seed(_context: SeedContext): Promise<void> {}
