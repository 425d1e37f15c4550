package io.github.sqlvdi.conformance;

/** The out-pointer to pass. */
enum Out { VALID, NULL }
