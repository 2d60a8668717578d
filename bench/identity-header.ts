// How the load generator says who somebody is who has no account. Only the control bundle listens.

export const IDENTITY_HEADER = 'x-bench-identity';
