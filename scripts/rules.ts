// Rules of docs/spec and the tests that cite them by id: `- **[DC4]** …` and `test('[DC4] …')`.

export function declaredRules(page: string): string[] {
  return [...page.matchAll(/^- \*\*\[([A-Z]+\d+)\]\*\*/gm)].map(([, id = '']) => id);
}

export function citedRules(testFile: string): string[] {
  return [...testFile.matchAll(/\[([A-Z]+\d+)\]/g)].map(([, id = '']) => id);
}

/** One sentence for each thing that is wrong. */
export function disagreements(pages: Map<string, string>, tests: Map<string, string>): string[] {
  const declared = new Map<string, string>();
  const wrong: string[] = [];
  for (const [page, text] of pages) {
    for (const id of declaredRules(text)) {
      const other = declared.get(id);
      if (other) wrong.push(`[${id}] is declared twice: in ${other} and in ${page}.`);
      declared.set(id, page);
    }
  }
  const cited = new Set<string>();
  for (const [file, text] of tests) {
    for (const id of new Set(citedRules(text))) {
      cited.add(id);
      if (!declared.has(id))
        wrong.push(`${file} cites [${id}], which no page of docs/spec declares.`);
    }
  }
  for (const [id, page] of declared) {
    if (!cited.has(id)) wrong.push(`[${id}] of ${page} is cited by no test.`);
  }
  return wrong;
}
