/**
 * {@link io.github.sqlvdi.diagnosis.Diagnosis} finds the reasons why VDI does not work in this process on this machine.
 * Each subject has a class of its own. If a check cannot read something, it reports that as a finding.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
@NullMarked
package io.github.sqlvdi.diagnosis;

import org.jspecify.annotations.NullMarked;
