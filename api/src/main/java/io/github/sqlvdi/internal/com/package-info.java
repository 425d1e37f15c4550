/** Calls on COM vtables, and Java objects behind COM vtables made of upcall stubs. */
package io.github.sqlvdi.internal.com;
