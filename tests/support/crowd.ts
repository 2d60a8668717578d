// How many people's worth of limits the stories' servers have.

/** All people of all stories have one address, and no story takes the minute that a person takes. */
export const CROWD = 10;
