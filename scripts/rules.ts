// Rules of docs/spec and the tests that cite them by id: `- **[DC4]** …` and `test('[DC4] …')`.

/** A test as the runner reported it. */
export interface RunTest {
  readonly file: string;
  /** With the titles of the groups that it is in. */
  readonly title: string;
  readonly hasPassed: boolean;
}

export function declaredRules(page: string): string[] {
  return [...page.matchAll(/^- \*\*\[([A-Z]+\d+)\]\*\*/gm)].map(([, id = '']) => id);
}

export function citedRules(text: string): string[] {
  return [...text.matchAll(/\[([A-Z]+\d+)\]/g)].map(([, id = '']) => id);
}

/**
 * One sentence for each thing that is wrong.
 * @param files all files of tests; each of them must have run
 */
export function disagreements(
  pages: ReadonlyMap<string, string>,
  tests: readonly RunTest[],
  files: readonly string[],
): string[] {
  const { declared, wrong } = declarations(pages);
  const ran = new Set(tests.map(({ file }) => file));
  const passed = tests.filter(({ hasPassed }) => hasPassed);
  const cited = new Set(passed.flatMap(({ title }) => citedRules(title)));
  const idle = files.filter((file) => !ran.has(file)).map((file) => `${file} did not run.`);
  const unknown = tests.flatMap(({ file, title }) =>
    citedRules(title)
      .filter((id) => !declared.has(id))
      .map((id) => `${file} cites [${id}], which no page of docs/spec declares.`),
  );
  const untested = [...declared]
    .filter(([id]) => !cited.has(id))
    .map(([id, page]) => `[${id}] of ${page} is cited by no test that has run and passed.`);
  return [...wrong, ...idle, ...new Set(unknown), ...untested];
}

function declarations(pages: ReadonlyMap<string, string>) {
  const declared = new Map<string, string>();
  const wrong: string[] = [];
  for (const [page, text] of pages) {
    for (const id of declaredRules(text)) {
      const other = declared.get(id);
      if (other) wrong.push(`[${id}] is declared twice: in ${other} and in ${page}.`);
      declared.set(id, page);
    }
  }
  return { declared, wrong };
}
