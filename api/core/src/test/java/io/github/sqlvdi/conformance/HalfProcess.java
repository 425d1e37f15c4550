package io.github.sqlvdi.conformance;

import io.github.sqlvdi.processes.Worker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A child JVM that holds halves of sets; {@link #make} gives a half of this process that does everything there. One
 * call at a time: a request is a line to the child's standard input, its answer a line of the child's standard output.
 */
final class HalfProcess implements AutoCloseable {

    static final String REPLY = "reply ";

    private final Worker worker;

    /** A call of a method of a half; the half 0 makes other halves. */
    record Request(int half, String method, Class<?>[] types, Object[] arguments) implements Serializable {
    }

    /** Its result or its exception. */
    record Answer(Object value, String failure) implements Serializable {
    }

    private HalfProcess(Worker worker) {
        this.worker = worker;
    }

    /** @param variables variables of the child's environment besides those of this process */
    static HalfProcess start(Map<String, String> variables, String... jvmArguments) {
        try {
            Worker worker = Worker.start(List.of(), variables, HalfProcessMain.class, jvmArguments);
            worker.expect("ready");
            return new HalfProcess(worker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a child process started", e);
        }
    }

    /** A new half of the child. */
    <T> T make(Class<T> type) {
        int half = (Integer) call(new Request(0, type.getSimpleName(), new Class<?>[0], new Object[0]));
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (proxy, method, arguments) -> call(request(half, method, arguments))));
    }

    private static Request request(int half, Method method, Object[] arguments) {
        return new Request(half, method.getName(), method.getParameterTypes(),
                arguments == null ? new Object[0] : arguments);
    }

    private synchronized Object call(Request request) {
        try {
            worker.tell(write(request));
            Answer answer = (Answer) read(worker.expect(REPLY).substring(REPLY.length()));
            if (answer.failure != null) {
                throw new AssertionError("in process " + worker.pid() + ": " + answer.failure);
            }
            return answer.value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while process " + worker.pid() + " worked", e);
        }
    }

    static String write(Serializable value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static Object read(String line) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(line)))) {
            return in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        worker.close();
    }
}
