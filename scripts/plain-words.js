// Words that Parley does not use: a person is they, and English is plain. An ESLint rule for code; for all other
// files there is plain-words.test.ts.

const INSTEAD = {
  he: 'they',
  him: 'them',
  his: 'their',
  himself: 'themselves',
  whoever: 'the one who, or anyone who',
  anew: 'again',
  lest: 'so that … not',
};

/**
 * @param {string} text
 * @returns {{ word: string, index: number, message: string }[]}
 */
export function findBannedWords(text) {
  const banned = new RegExp(`\\b(?:${Object.keys(INSTEAD).join('|')})\\b`, 'giu');
  return [...text.matchAll(banned)].map(({ 0: word, index }) => ({
    word,
    index,
    message: `Not “${word}”: say ${INSTEAD[word.toLowerCase()]}.`,
  }));
}

/** For comments, and for texts in the code such as titles of tests. */
const plainWords = {
  create(context) {
    const { sourceCode } = context;
    const check = (node) => {
      const start = sourceCode.getRange(node)[0];
      for (const { index, word, message } of findBannedWords(sourceCode.getText(node))) {
        const loc = {
          start: sourceCode.getLocFromIndex(start + index),
          end: sourceCode.getLocFromIndex(start + index + word.length),
        };
        context.report({ loc, message });
      }
    };
    return {
      Program: () => sourceCode.getAllComments().forEach(check),
      ':not(ImportDeclaration) > Literal[value.length]': check,
      TemplateElement: check,
      SvelteHTMLComment: check,
    };
  },
};

export default { rules: { 'plain-words': plainWords } };
