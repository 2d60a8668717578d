// What a process and all of its descendants have burnt so far and hold now, as Linux counts it.

import { readdir, readFile } from 'node:fs/promises';

/** A tick of /proc/<pid>/stat; 100 a second on every Linux that Node runs on. */
const TICK_MS = 10;
const PAGE_BYTES = 4096;

interface Counted {
  pid: number;
  parent: number;
  ticks: number;
  pages: number;
}

async function counted(pid: string): Promise<Counted[]> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The command's name, in parentheses, may hold anything; the fields are counted behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return [{ pid: Number(pid), parent: Number(fields[1]), ticks, pages: Number(fields[21]) }];
  } catch {
    return []; // It has ended since it was listed.
  }
}

async function treeOf(root: number): Promise<Counted[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = (await Promise.all(pids.map(counted))).flat();
  const tree = new Set([root]);
  for (let size = 0; size !== tree.size;) {
    size = tree.size;
    for (const { pid, parent } of all) if (tree.has(parent)) tree.add(pid);
  }
  return all.filter(({ pid }) => tree.has(pid));
}

/** CPU of the whole tree in milliseconds, in the kernel and outside. */
export async function treeCpuMs(root: number): Promise<number> {
  return (await treeOf(root)).reduce((ms, { ticks }) => ms + ticks * TICK_MS, 0);
}

export async function treeMemoryBytes(root: number): Promise<number> {
  return (await treeOf(root)).reduce((bytes, { pages }) => bytes + pages * PAGE_BYTES, 0);
}
