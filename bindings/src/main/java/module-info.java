/** The C side of VDI as Java classes: structures, vtables, constants and interface identifiers. JDK only. */
module io.github.sqlvdi.bindings {
    exports io.github.sqlvdi.bindings;
}
