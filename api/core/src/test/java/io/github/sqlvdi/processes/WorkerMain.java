package io.github.sqlvdi.processes;

import io.github.sqlvdi.VdiConfig;
import io.github.sqlvdi.internal.engine.host.HostProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A process of a set, told what to do line by line:
 *
 * <pre>
 *   primary   id set deviceCount devices commands size serverTimeOutMillis
 *   secondary id set devices commands size
 *   server    id set deviceCount commands size depth backup|restore|idle
 *   helper    id set
 *   warm id                              opens and ends a set of its own: the JVM then has loaded the classes
 *   close id  | abort id                 devices: 0,2,5 or - for none
 *   go id                                the idle server begins a backup
 *   child id exec|fork seconds           native code of the process starts a child that inherits what it can
 *   mappings id                          says which regions the process has mapped or open
 *   leave id | sum id handle size | fill id handle size device
 * </pre>
 *
 * Each task reports lines that begin with its id and ends with {@code id ended result checksums}.
 */
public final class WorkerMain {
    private static final Map<String, ClientRole> CLIENTS = new ConcurrentHashMap<>();
    private static final Map<String, ServerRole> SERVERS = new ConcurrentHashMap<>();
    private static final Map<String, HelperRole> HELPERS = new ConcurrentHashMap<>();

    private WorkerMain() {
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        say("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            perform(line.split(" "));
        }
    }

    private static void perform(String[] words) throws IOException, InterruptedException {
        String id = words[1];
        Consumer<String> report = text -> say(id + " " + text);
        switch (words[0]) {
            case "primary" -> {
                ClientRole role = client(id, words[2], words[4], words[5], words[6], report);
                VdiConfig config = VdiConfig.builder().deviceCount(Integer.parseInt(words[3]))
                        .serverTimeOut(Duration.ofMillis(Long.parseLong(words[7]))).build();
                Thread.ofPlatform().start(() -> role.primary(config));
            }
            case "secondary" -> {
                ClientRole role = client(id, words[2], words[3], words[4], words[5], report);
                Thread.ofPlatform().start(role::secondary);
            }
            case "server" -> {
                ServerRole role = new ServerRole(words[2], Integer.parseInt(words[3]), Integer.parseInt(words[4]),
                        Integer.parseInt(words[5]), Integer.parseInt(words[6]), words[7], report);
                SERVERS.put(id, role);
                Thread.ofPlatform().start(role::run);
            }
            case "warm" -> {
                try (BothHalves set = new BothHalves("warm-" + ProcessHandle.current().pid())) {
                    set.transfer(0);
                }
                report.accept("warm");
            }
            case "helper" -> HELPERS.put(id, new HelperRole(words[2], report));
            case "sum" -> HELPERS.get(id).sum(Integer.parseInt(words[2]), Integer.parseInt(words[3]));
            case "fill" -> HELPERS.get(id)
                    .fill(Integer.parseInt(words[2]), Integer.parseInt(words[3]), Integer.parseInt(words[4]));
            case "leave" -> HELPERS.remove(id).leave();
            case "mappings" -> report.accept("mappings " + HostProbe.current().mappings());
            case "child" -> {
                int seconds = Integer.parseInt(words[3]);
                if (words[2].equals("exec")) {
                    NativeChild.exec(seconds);
                    report.accept("child");
                } else {
                    report.accept("child " + NativeChild.fork(seconds));
                }
            }
            case "go" -> SERVERS.get(id).go();
            case "close" -> CLIENTS.get(id).allowClose();
            case "abort" -> CLIENTS.get(id).abort();
            default -> throw new IllegalArgumentException("unknown task: " + words[0]);
        }
    }

    private static ClientRole client(
            String id, String set, String devices, String commands, String size, Consumer<String> report) {
        List<Integer> own =
                devices.equals("-") ? List.of() : Stream.of(devices.split(",")).map(Integer::valueOf).toList();
        ClientRole role = new ClientRole(set, own, Integer.parseInt(commands), Integer.parseInt(size), report);
        CLIENTS.put(id, role);
        return role;
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
