package io.github.sqlvdi.internal.com;

import static java.lang.invoke.MethodType.methodType;

import io.github.sqlvdi.Hresults;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The targets of all upcall stubs. An exception that left an upcall would end the JVM, so every target passes through
 * {@link #guarded}: the exception is logged as an error of {@code io.github.sqlvdi.com}, and the native caller gets a
 * result that stands for it.
 */
final class Upcalls {
    // Created before the stubs: at the first failure, memory or stack may be too short to initialise a logger.
    private static final Logger LOG = System.getLogger("io.github.sqlvdi.com");
    private static final AtomicInteger UNLOGGED = new AtomicInteger();
    private static final MethodHandle FAILED;
    private static final MethodHandle OBJECT_OF;
    private static final MethodHandle IS_INSTANCE;

    static {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try {
            FAILED = lookup.findStatic(Upcalls.class, "failed",
                    methodType(int.class, String.class, int.class, Throwable.class));
            OBJECT_OF = lookup.findStatic(ComObjects.class, "target", methodType(Object.class, long.class));
            IS_INSTANCE = lookup.findVirtual(Class.class, "isInstance", methodType(boolean.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Upcalls() {}

    /**
     * The target of a slot: calls the method on the Java object behind {@code this}. A {@code this} without an object
     * of the interface gives CO_E_OBJNOTCONNECTED; an exception gives VD_E_UNEXPECTED.
     *
     * <pre>
     *   object = ComObjects.target(self);
     *   return object instanceof Type ? ((Type) object).method(arguments) : CO_E_OBJNOTCONNECTED;
     * </pre>
     *
     * @param type the Java form of the COM interface
     * @param name its method
     * @param slot the slot's type, {@code int (long self, arguments)}
     */
    static MethodHandle ofMethod(Class<?> type, String name, MethodType slot) {
        Method method = Arrays.stream(type.getMethods()).filter(it -> it.getName().equals(name)).findFirst()
                .orElseThrow(() -> new AssertionError(type + " has no method " + name));
        MethodType onObject = slot.changeParameterType(0, Object.class);
        MethodHandle call;
        try {
            // A difference between slot and method fails here, and not in a native caller.
            call = MethodHandles.lookup().findVirtual(type, name, slot.dropParameterTypes(0, 1)).asType(onObject);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(method + " is not as its slot: " + slot, e);
        }
        MethodHandle gone = MethodHandles.dropArguments(
                MethodHandles.constant(int.class, Hresults.CO_E_OBJNOTCONNECTED), 0, onObject.parameterArray());
        MethodHandle callIfInstance = MethodHandles.guardWithTest(IS_INSTANCE.bindTo(type), call, gone);
        return guarded(MethodHandles.filterArguments(callIfInstance, 0, OBJECT_OF),
                nativeName(method.getDeclaringClass().getSimpleName(), name), Hresults.VD_E_UNEXPECTED);
    }

    /** Returns the name of a method in C++, for example {@code IClientVirtualDevice.GetCommand}. */
    static String nativeName(String type, String method) {
        return type + "." + method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
    }

    /**
     * Wraps a target so that no exception leaves it.
     *
     * @param target returns {@code int} or nothing
     * @param name the name of the native function, for the log
     * @param onFailure the result of a call that threw
     */
    static MethodHandle guarded(MethodHandle target, String name, int onFailure) {
        MethodHandle failed = MethodHandles.insertArguments(FAILED, 0, name, onFailure);
        if (target.type().returnType() == void.class) {
            failed = failed.asType(failed.type().changeReturnType(void.class));
        }
        return MethodHandles.catchException(target, Throwable.class, failed);
    }

    /** Logs an exception, because a native caller cannot receive it, and keeps it for a caller in Java. Never throws. */
    private static int failed(String name, int result, Throwable thrown) {
        try {
            if (Hresults.failed(result)) {
                FailureCause.of(result, thrown);
            }
            int earlier = UNLOGGED.getAndSet(0);
            String more = earlier == 0 ? "" : "; " + earlier + " failures before it could not be logged";
            LOG.log(Level.ERROR, name + " threw" + more, thrown);
        } catch (Throwable fromLogging) {
            // addSuppressed is not called either: it throws when both are one object, as the JVM's own OutOfMemoryError
            // can be.
            UNLOGGED.incrementAndGet();
        }
        return result;
    }
}
