/** What can be set from outside a program: system properties and environment variables. */
package io.github.sqlvdi.internal.settings;
