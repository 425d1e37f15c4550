/**
 * Native test peers: small but real implementations of VDI that the machine's C and C++ compilers lay out, not we
 * ({@code src/test/native}). {@link io.github.sqlvdi.peers.NativeBuild} compiles them; where a compiler is missing, the
 * tests say so and how to install it, and fail instead where the environment has {@code SQLVDI_REQUIRE_NATIVE=true}.
 *
 * <p>Numbers such as (VDI reference 7.2) are sections of
 * <a href="https://github.com/sqlvdi/sqlvdi/blob/main/docs/vdi-reference.md">docs/vdi-reference.md</a>.
 */
package io.github.sqlvdi.peers;
