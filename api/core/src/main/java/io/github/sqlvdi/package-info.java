/**
 * The words of VDI that both halves share: configuration and its rules, features, commands, completion codes, results and
 * their explanation, names of devices, exceptions, and the choice of an implementation. The client half is
 * {@code io.github.sqlvdi.client}, the server half {@code io.github.sqlvdi.server}.
 *
 * <p>Every failure is an exception that names the operation, the code, its usual cause and what to do
 * ({@link io.github.sqlvdi.VdiException}). "VDI reference 3.5" in this documentation is a section of the project's
 * description of the interface.
 */
package io.github.sqlvdi;
