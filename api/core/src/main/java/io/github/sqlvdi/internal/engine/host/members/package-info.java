/**
 * The code that the hosts of all platforms share: how the members of a device set greet, watch and leave each other, and
 * the content of a set's file. A platform implements {@link io.github.sqlvdi.internal.engine.host.members.LinkPort}
 * (Unix-domain sockets on Linux, named pipes on Windows) and
 * {@link io.github.sqlvdi.internal.engine.host.members.Membership}.
 */
package io.github.sqlvdi.internal.engine.host.members;
