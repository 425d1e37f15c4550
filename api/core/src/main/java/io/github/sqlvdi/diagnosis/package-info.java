/**
 * {@link io.github.sqlvdi.diagnosis.Diagnosis} says what stands in the way of VDI in this process on this machine. One
 * class looks at each thing and changes nothing; what cannot be read is a finding, too.
 */
package io.github.sqlvdi.diagnosis;
