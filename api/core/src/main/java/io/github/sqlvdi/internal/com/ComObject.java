package io.github.sqlvdi.internal.com;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/** The Java half of an exported object: its interfaces and the references to it. */
final class ComObject {
    private static final VarHandle REFERENCES;

    static {
        try {
            REFERENCES = MethodHandles.lookup().findVarHandle(ComObject.class, "references", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** An interface of the object: its vtable, its implementation, and the IIDs under which QueryInterface gives it. */
    record Face(long vtable, Object target, Guid... iids) {
        Face {
            Objects.requireNonNull(target, "target");
        }

        boolean answers(Guid iid) {
            for (Guid each : iids) {
                if (each.equals(iid)) {
                    return true;
                }
            }
            return false;
        }
    }

    final long cell;
    final Face first;
    final Face second;
    final Runnable onFinalRelease;

    @SuppressWarnings("unused") // through REFERENCES
    private volatile int references = 1;

    /** @param second null when the object has one vtable */
    ComObject(long cell, Face first, Face second, Runnable onFinalRelease) {
        this.cell = cell;
        this.first = first;
        this.second = second;
        this.onFinalRelease = onFinalRelease;
    }

    /** Adds a reference. Returns the new count; 0 when the object is gone, which a new reference cannot change. */
    int addRef() {
        while (true) {
            int now = references;
            if (now == 0) {
                return 0;
            }
            if (REFERENCES.compareAndSet(this, now, now + 1)) {
                return now + 1;
            }
        }
    }

    /** Removes a reference. Returns the new count; -1 when it was 0 before, so this was one Release too many. */
    int release() {
        while (true) {
            int now = references;
            if (now == 0) {
                return -1;
            }
            if (REFERENCES.compareAndSet(this, now, now - 1)) {
                return now - 1;
            }
        }
    }
}
