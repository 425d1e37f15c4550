/** What the engine needs of the operating system, one implementation a platform. */
package io.github.sqlvdi.internal.engine.host;
