/**
 * The citations of numbered pages, such as (VDI reference 7.2): that there is one form of them, and that each names a
 * place that docs/vdi-reference.md has.
 */
package io.github.sqlvdi.citations;
