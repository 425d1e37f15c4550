/**
 * Calls on COM vtables, and Java objects behind COM vtables made of upcall stubs.
 *
 * <pre>
 *   calls    XxxCalls(pointer) --- pointer -&gt; vtable -&gt; slot ---&gt; native code
 *   export   Java object &lt;--- ComCells &lt;--- Upcalls &lt;--- slot &lt;- Vtables &lt;- pointer --- native code
 * </pre>
 *
 * Both directions carry the same six Java interfaces, so a call from Java on an exported object takes the same path as
 * a call from native code. Slots and signatures are those of the bindings; pointers are {@code long} addresses, which
 * cost no object and no scope check. A call allocates nothing and locks nothing; only the last Release of an exported
 * object takes a lock. All objects may be used by any thread.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of <a
 * href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
package io.github.sqlvdi.internal.com;
