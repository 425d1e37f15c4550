/**
 * Calls on COM vtables, and Java objects behind COM vtables made of upcall stubs.
 *
 * <pre>
 *   calls    XxxCalls(pointer) --- pointer -&gt; vtable -&gt; slot ---&gt; native code
 *   export   Java object &lt;--- ComCells &lt;--- Upcalls &lt;--- slot &lt;- Vtables &lt;- pointer --- native code
 * </pre>
 *
 * Both directions carry the same six Java interfaces, so an exported object that is called from Java goes the way that
 * native code goes. Slots and signatures are those of the bindings; pointers are {@code long} addresses, which cost no
 * object and no scope check. Nothing on a call allocates or locks. All objects may be used by any thread.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
package io.github.sqlvdi.internal.com;
