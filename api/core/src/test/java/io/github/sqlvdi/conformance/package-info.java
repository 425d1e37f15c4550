/**
 * The conformance suite: what the VDI reference says about every interface, state, method, code, command and feature,
 * as tables of cases that run through COM vtables against any implementation.
 *
 * <p>{@link io.github.sqlvdi.conformance.VdiUnderTest} is the implementation: it makes client and server halves, which
 * are driven by values ({@link io.github.sqlvdi.conformance.ClientHalf},
 * {@link io.github.sqlvdi.conformance.ServerHalf}) so that each may live in this process or in another one.
 * {@link io.github.sqlvdi.conformance.Stage} brings a set into a state,
 * {@link io.github.sqlvdi.conformance.Row} is one line (interface, state, method, argument, feature, expected code,
 * section of the reference), the {@code ...Rows} and {@code ...Rules} classes are the tables, and
 * {@link io.github.sqlvdi.conformance.Coverage} counts which rows of the reference's own tables were produced.
 *
 * <p>A row of which the reference leaves the result open carries every result that the reference permits; it runs like
 * any other, and what was observed is listed at the end, so that nothing is skipped silently.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
package io.github.sqlvdi.conformance;
