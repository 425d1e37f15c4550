/**
 * Native test peers: small but real implementations of VDI that the machine's C and C++ compilers lay out, not we
 * ({@code src/test/native}). {@link io.github.sqlvdi.peers.NativeBuild} compiles them; where a compiler is missing, the
 * tests say so and how to install it, and fail instead where the environment has {@code SQLVDI_REQUIRE_NATIVE=true}.
 */
package io.github.sqlvdi.peers;
