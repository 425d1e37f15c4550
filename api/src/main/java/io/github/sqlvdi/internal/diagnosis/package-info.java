/**
 * The parts of {@link io.github.sqlvdi.Diagnosis}, one class for each thing that is looked at. Each only looks; what cannot
 * be read is a finding, too.
 */
package io.github.sqlvdi.internal.diagnosis;
