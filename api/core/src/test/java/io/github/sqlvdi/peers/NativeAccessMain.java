package io.github.sqlvdi.peers;

import io.github.sqlvdi.VdiProvider;
import io.github.sqlvdi.bindings.Vdi;
import io.github.sqlvdi.client.VirtualDeviceSet;
import io.github.sqlvdi.diagnosis.Diagnosis;
import io.github.sqlvdi.embedded.EmbeddedSet;
import io.github.sqlvdi.server.ServerDeviceSet;
import java.util.Locale;
import java.util.UUID;

/** Calls every entrance of the library, and prints how each call ended. Needs the exported packages only. */
final class NativeAccessMain {

    private NativeAccessMain() {
    }

    private interface Entrance {
        Object enter() throws Exception;
    }

    /** The argument {@code touched} uses the bindings before the library. */
    public static void main(String... arguments) {
        if (arguments.length > 0) {
            enter("bindings", () -> Vdi.C_POINTER);
        }
        String name = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) { // the second time, classes that could not be initialised are lost
            enter("client", () -> {
                VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).create().close();
                return "made a set";
            });
            enter("secondary", () -> VirtualDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).openInSecondary());
            enter("server", () -> ServerDeviceSet.builder(name).provider(VdiProvider.EMBEDDED).open());
            enter("sets", EmbeddedSet::list);
        }
        Diagnosis diagnosis = Diagnosis.run();
        System.out.print(diagnosis.format());
        System.out.println("problems " + diagnosis.hasProblems());
    }

    private static void enter(String title, Entrance entrance) {
        try {
            System.out.printf(Locale.ROOT, "%s: %s%n", title, entrance.enter());
        } catch (Exception | LinkageError e) {
            System.out.printf(Locale.ROOT, "%s: %s: %s%n", title, e.getClass().getSimpleName(), e.getMessage());
        }
    }
}
