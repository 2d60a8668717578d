// Node's Buffer by its own type.

/** The Workers' types, which are here too, call it `any`. */
export const Bytes = Buffer as BufferConstructor;
