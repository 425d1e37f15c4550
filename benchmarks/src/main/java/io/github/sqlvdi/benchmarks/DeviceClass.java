package io.github.sqlvdi.benchmarks;

import io.github.sqlvdi.stream.JobDevice;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A class of devices on the class path, to be measured in the place of the library's own. It is found in two ways: as a
 * provider of the service {@link JobDevice}, by its full or its simple name; or by its full name alone, and then it needs a
 * public constructor without parameters.
 */
public final class DeviceClass {

    private final String name;
    private final Supplier<JobDevice> maker;

    private DeviceClass(String name, Supplier<JobDevice> maker) {
        this.name = name;
        this.maker = maker;
    }

    /**
     * Finds a class.
     *
     * @param name its name
     * @return the class
     * @throws IllegalArgumentException if there is no such class, or it makes no devices
     */
    public static DeviceClass of(String name) {
        List<ServiceLoader.Provider<JobDevice>> provided = ServiceLoader.load(JobDevice.class).stream()
                .filter(provider -> provider.type().getName().equals(name)
                        || provider.type().getSimpleName().equals(name))
                .toList();
        if (provided.size() > 1) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "%s is the name of %d classes of devices, %s: give the full name", name, provided.size(),
                    provided.stream().map(provider -> provider.type().getName()).toList()));
        }
        if (!provided.isEmpty()) {
            return new DeviceClass(provided.getFirst().type().getName(), provided.getFirst()::get);
        }
        try {
            Class<? extends JobDevice> found = Class.forName(name).asSubclass(JobDevice.class);
            if (Modifier.isAbstract(found.getModifiers()) || !Modifier.isPublic(found.getModifiers())) {
                throw new IllegalArgumentException(name + " is abstract or not public: expected a public class");
            }
            var constructor = found.getConstructor();
            return new DeviceClass(name, () -> {
                try {
                    return constructor.newInstance();
                } catch (InvocationTargetException failure) {
                    throw new IllegalStateException("the constructor of " + name + " failed: " + failure.getCause(),
                            failure.getCause());
                } catch (ReflectiveOperationException failure) {
                    throw new IllegalStateException("no device can be made of " + name + ": " + failure, failure);
                }
            });
        } catch (ClassNotFoundException | LinkageError absent) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "%s is no class on the class path (%s): expected the full name of a class that implements %s; start "
                            + "with java -cp benchmarks.jar%sYOURS %s, because -jar ignores every other class path",
                    name, absent, JobDevice.class.getName(), java.io.File.pathSeparator, Main.class.getName()), absent);
        } catch (ClassCastException other) {
            throw new IllegalArgumentException(
                    name + " does not implement " + JobDevice.class.getName() + ": expected a class that does", other);
        } catch (NoSuchMethodException without) {
            throw new IllegalArgumentException(name + " has no public constructor without parameters: expected one, or "
                    + "a provider of the service " + JobDevice.class.getName(), without);
        }
    }

    /** {@return a new device} */
    public JobDevice make() {
        return maker.get();
    }

    /** {@return the full name of the class} */
    public String name() {
        return name;
    }

    /** {@return the name of the class without its package, for tables} */
    public String label() {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Converts the value of an option. */
    public static final class Converter implements ITypeConverter<DeviceClass> {

        /** Made by picocli. */
        public Converter() {
        }

        @Override
        public DeviceClass convert(String value) {
            try {
                return of(value);
            } catch (IllegalArgumentException refused) {
                throw new TypeConversionException(refused.getMessage());
            }
        }
    }
}
