/**
 * {@link io.github.sqlvdi.diagnosis.Diagnosis} says what stands in the way of VDI in this process on this machine. One
 * class looks at each thing and changes nothing; what cannot be read is a finding, too.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
@NullMarked
package io.github.sqlvdi.diagnosis;

import org.jspecify.annotations.NullMarked;
