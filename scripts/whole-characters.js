// A lint rule: text of people is cut by shared/text.ts, which keeps characters whole. `slice` and its like count UTF-16
// units, and leave half an emoji.
import ts from 'typescript';

const CUTS = new Set(['slice', 'substring', 'substr']);

/** @type {import('eslint').Rule.RuleModule} */
const wholeCharacters = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      cut: 'Cut text with `shortened` of shared/text.ts: {{name}} may leave half a character.',
    },
  },
  create(context) {
    const services = context.sourceCode.parserServices;
    return {
      CallExpression({ callee }) {
        if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
        const { name } = callee.property;
        if (!CUTS.has(name)) return;
        const type = services.getTypeAtLocation(callee.object);
        const parts = type.isUnion() ? type.types : [type];
        if (!parts.some(({ flags }) => (flags & ts.TypeFlags.StringLike) !== 0)) return;
        context.report({ node: callee.property, messageId: 'cut', data: { name } });
      },
    };
  },
};

export default { rules: { 'whole-characters': wholeCharacters } };
