/**
 * What the hosts of all platforms share: how the members of a device set greet, watch and leave each other, and what is
 * on file of a set. A platform brings its {@link io.github.sqlvdi.internal.engine.host.members.LinkPort} (Unix-domain
 * sockets on Linux, named pipes on Windows) and its {@link io.github.sqlvdi.internal.engine.host.members.Membership}.
 */
package io.github.sqlvdi.internal.engine.host.members;
