package io.github.sqlvdi.storage.s3;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * An object store of the tests on loopback that speaks as much of S3 as the library uses, and fails as a test asks. It compares
 * the checksums that it is given.
 */
final class StubStore implements Closeable {

    /** What the store does with a request. */
    enum Kind {
        /** Answers with a status and a code of S3. */
        REFUSE,
        /** Closes the connection before it has read the body. */
        CUT_REQUEST,
        /** Sends half of the body and closes the connection. */
        CUT_RESPONSE,
        /** Does what was asked and closes the connection in the place of an answer. */
        DROP_ANSWER,
        /** Receives other bytes than were sent. */
        DAMAGE,
        /** Never answers. */
        HANG
    }

    record Fault(Kind kind, int status, String code) {

        static Fault of(Kind kind) {
            return new Fault(kind, 0, "");
        }

        static Fault refuse(int status, String code) {
            return new Fault(Kind.REFUSE, status, code);
        }
    }

    /** A request: its name in S3's interface, its key, and its parameters. */
    record Call(String name, String key, Map<String, String> parameters) {
    }

    record Content(byte[] bytes, String etag, Map<String, String> metadata, Instant modified) {
    }

    private record Upload(String key, Map<String, String> metadata, Instant initiated,
            TreeMap<Integer, Content> parts) {
    }

    private static final String BUCKET = "bucket";
    private static final Pattern PART = Pattern.compile("<PartNumber>(\\d+)</PartNumber>");

    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final TreeMap<String, Content> objects = new TreeMap<>();
    private final TreeMap<String, Upload> uploads = new TreeMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Function<Call, Fault> faults = call -> null;
    private int made;

    StubStore() throws IOException {
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** {@return a name in the store's bucket} */
    String name(String key, String... parameters) {
        StringBuilder name = new StringBuilder("s3://" + BUCKET + "/" + key + "?endpoint=http://127.0.0.1:"
                + server.getLocalPort());
        for (String parameter : parameters) {
            name.append('&').append(parameter);
        }
        return name.toString();
    }

    /** Sets what is done with each further request; null answers it as S3 would. */
    void failing(Function<Call, Fault> chosen) {
        faults = chosen;
    }

    /** {@return the names of the requests so far} */
    List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    synchronized byte[] bytes(String key) {
        return objects.get(key).bytes.clone();
    }

    synchronized void put(String key, byte[] bytes) {
        objects.put(key, new Content(bytes, etag(), Map.of(), Instant.now()));
    }

    synchronized int openUploads() {
        return uploads.size();
    }

    private String etag() {
        return "\"" + ++made + "\"";
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            InputStream input = new BufferedInputStream(connection.getInputStream());
            while (answer(connection, input)) {
                // the next request of the connection
            }
        } catch (IOException ended) {
            // the client has gone
        } finally {
            connections.remove(connection);
        }
    }

    private static String line(InputStream input) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next; (next = input.read()) != '\n';) {
            if (next < 0) {
                throw new EOFException();
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    private boolean answer(Socket connection, InputStream input) throws IOException {
        String[] first = line(input).split(" ");
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(input); !line.isEmpty(); line = line(input)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        Call call = call(first[0], first[1], headers);
        calls.add(call.name);
        Fault fault = faults.apply(call);
        if (fault != null && fault.kind == Kind.CUT_REQUEST) {
            return false;
        }
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            connection.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        byte[] body = input.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        if (fault != null && fault.kind == Kind.HANG) {
            return input.read() >= 0;
        }
        if (fault != null && fault.kind == Kind.DAMAGE) {
            body[body.length / 2] ^= 1;
        }
        Answer answer = fault != null && fault.kind == Kind.REFUSE
                ? Answer.refuse(fault.status, fault.code) : perform(call, first[1], headers, body);
        if (fault != null && fault.kind == Kind.DROP_ANSWER) {
            return false;
        }
        return send(connection, first[0], answer, fault != null && fault.kind == Kind.CUT_RESPONSE);
    }

    private static boolean send(Socket connection, String method, Answer answer, boolean cut) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status + " Status\r\n");
        answer.headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (answer.status != 204) {
            head.append("content-length: ").append(answer.body.length).append("\r\n");
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        if (!method.equals("HEAD") && answer.status != 204) {
            message.write(answer.body, 0, cut ? answer.body.length / 2 : answer.body.length);
        }
        connection.getOutputStream().write(message.toByteArray());
        connection.getOutputStream().flush();
        return !cut;
    }

    private record Answer(int status, Map<String, String> headers, byte[] body) {

        static Answer refuse(int status, String code) {
            return xml(status, "<Error><Code>" + code + "</Code><Message>The test wants it</Message></Error>");
        }

        static Answer xml(int status, String text) {
            return new Answer(status, Map.of("content-type", "application/xml"), text.getBytes(StandardCharsets.UTF_8));
        }

        static Answer empty(Map<String, String> headers) {
            return new Answer(200, headers, new byte[0]);
        }
    }

    private static Call call(String method, String target, Map<String, String> headers) {
        int question = target.indexOf('?');
        Map<String, String> parameters = new TreeMap<>();
        if (question >= 0) {
            for (String parameter : target.substring(question + 1).split("&")) {
                int equals = parameter.indexOf('=');
                parameters.put(equals < 0 ? parameter : parameter.substring(0, equals),
                        equals < 0 ? "" : decode(parameter.substring(equals + 1)));
            }
        }
        String path = decode((question < 0 ? target : target.substring(0, question)).replace("+", "%2B"));
        String key = path.length() > BUCKET.length() + 2 ? path.substring(BUCKET.length() + 2) : "";
        return new Call(nameOf(method, key, parameters, headers), key, parameters);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String nameOf(String method, String key, Map<String, String> parameters,
            Map<String, String> headers) {
        boolean upload = parameters.containsKey("uploadId");
        return switch (method) {
            case "POST" -> upload ? "CompleteMultipartUpload" : "CreateMultipartUpload";
            case "PUT" -> upload ? "UploadPart" : headers.containsKey("x-amz-copy-source") ? "CopyObject" : "PutObject";
            case "HEAD" -> "HeadObject";
            case "DELETE" -> upload ? "AbortMultipartUpload" : "DeleteObject";
            default -> upload ? "ListParts" : parameters.containsKey("uploads") ? "ListMultipartUploads"
                    : key.isEmpty() ? "ListObjectsV2" : "GetObject";
        };
    }

    private synchronized Answer perform(Call call, String target, Map<String, String> headers, byte[] body) {
        if (!target.startsWith("/" + BUCKET)) {
            return Answer.refuse(404, "NoSuchBucket");
        }
        Upload upload = uploads.get(call.parameters.getOrDefault("uploadId", ""));
        if (call.parameters.containsKey("uploadId") && upload == null) {
            return Answer.refuse(404, "NoSuchUpload");
        }
        if (headers.containsKey("x-amz-checksum-crc32") && !headers.get("x-amz-checksum-crc32").equals(crc32(body))) {
            return Answer.refuse(400, "BadDigest");
        }
        if ("*".equals(headers.get("if-none-match")) && objects.containsKey(call.key)) {
            return Answer.refuse(412, "PreconditionFailed");
        }
        Content object = objects.get(call.key);
        return switch (call.name) {
            case "CreateMultipartUpload" -> create(call, headers);
            case "UploadPart" -> {
                Content part = new Content(body, etag(), Map.of(), Instant.now());
                upload.parts.put(Integer.parseInt(call.parameters.get("partNumber")), part);
                yield Answer.empty(Map.of("etag", part.etag));
            }
            case "CompleteMultipartUpload" -> complete(call, upload, new String(body, StandardCharsets.UTF_8));
            case "AbortMultipartUpload" -> {
                uploads.remove(call.parameters.get("uploadId"));
                yield new Answer(204, Map.of(), new byte[0]);
            }
            case "ListParts" -> listParts(upload);
            case "ListMultipartUploads" -> listUploads(call.parameters.getOrDefault("prefix", ""));
            case "PutObject" -> {
                Content made = new Content(body, etag(), metadata(headers), Instant.now());
                objects.put(call.key, made);
                yield Answer.empty(Map.of("etag", made.etag));
            }
            case "CopyObject" -> copy(call, decode(headers.get("x-amz-copy-source")));
            case "DeleteObject" -> {
                if (object != null && headers.containsKey("if-match") && !headers.get("if-match").equals(object.etag)) {
                    yield Answer.refuse(412, "PreconditionFailed");
                }
                objects.remove(call.key);
                yield new Answer(204, Map.of(), new byte[0]);
            }
            case "ListObjectsV2" -> list(call.parameters.getOrDefault("prefix", ""));
            default -> object == null ? Answer.refuse(404, "NoSuchKey") : get(object, headers);
        };
    }

    private static Map<String, String> metadata(Map<String, String> headers) {
        Map<String, String> metadata = new TreeMap<>(headers);
        metadata.keySet().removeIf(name -> !name.startsWith("x-amz-meta-"));
        return metadata;
    }

    private Answer create(Call call, Map<String, String> headers) {
        String id = "upload-" + ++made;
        uploads.put(id, new Upload(call.key, metadata(headers), Instant.now(), new TreeMap<>()));
        return Answer.xml(200, "<InitiateMultipartUploadResult><UploadId>" + id
                + "</UploadId></InitiateMultipartUploadResult>");
    }

    private Answer complete(Call call, Upload upload, String request) {
        ByteBuffer all = ByteBuffer.allocate(upload.parts.values().stream().mapToInt(it -> it.bytes.length).sum());
        Matcher part = PART.matcher(request);
        while (part.find()) {
            Content stored = upload.parts.get(Integer.parseInt(part.group(1)));
            if (stored == null) {
                return Answer.refuse(400, "InvalidPart");
            }
            all.put(stored.bytes);
        }
        uploads.remove(call.parameters.get("uploadId"));
        Content made = new Content(all.array(), etag(), upload.metadata, Instant.now());
        objects.put(call.key, made);
        return Answer.xml(200, "<CompleteMultipartUploadResult><ETag>" + made.etag
                + "</ETag></CompleteMultipartUploadResult>");
    }

    private Answer copy(Call call, String source) {
        Content from = objects.get(source.substring(source.indexOf(BUCKET) + BUCKET.length() + 1));
        if (from == null) {
            return Answer.refuse(404, "NoSuchKey");
        }
        Content made = new Content(from.bytes, etag(), from.metadata, Instant.now());
        objects.put(call.key, made);
        return Answer.xml(200, "<CopyObjectResult><ETag>" + made.etag + "</ETag></CopyObjectResult>");
    }

    private static Answer listParts(Upload upload) {
        StringBuilder xml = new StringBuilder("<ListPartsResult><IsTruncated>false</IsTruncated>");
        upload.parts.forEach((number, part) -> xml.append("<Part><PartNumber>").append(number)
                .append("</PartNumber><LastModified>").append(part.modified).append("</LastModified></Part>"));
        return Answer.xml(200, xml.append("</ListPartsResult>").toString());
    }

    private Answer listUploads(String prefix) {
        StringBuilder xml =
                new StringBuilder("<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>");
        uploads.forEach((id, upload) -> {
            if (upload.key.startsWith(prefix)) {
                xml.append("<Upload><Key>").append(upload.key).append("</Key><UploadId>").append(id)
                        .append("</UploadId><Initiated>").append(upload.initiated).append("</Initiated></Upload>");
            }
        });
        return Answer.xml(200, xml.append("</ListMultipartUploadsResult>").toString());
    }

    private Answer list(String prefix) {
        StringBuilder xml = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
        objects.forEach((key, content) -> {
            if (key.startsWith(prefix)) {
                xml.append("<Contents><Key>").append(key).append("</Key><LastModified>").append(content.modified)
                        .append("</LastModified><Size>").append(content.bytes.length).append("</Size></Contents>");
            }
        });
        return Answer.xml(200, xml.append("</ListBucketResult>").toString());
    }

    private static Answer get(Content object, Map<String, String> headers) {
        if (headers.containsKey("if-match") && !headers.get("if-match").equals(object.etag)) {
            return Answer.refuse(412, "PreconditionFailed");
        }
        Map<String, String> answer = new TreeMap<>(object.metadata);
        answer.put("etag", object.etag);
        String range = headers.get("range");
        if (range == null) {
            return new Answer(200, answer, object.bytes);
        }
        String[] ends = range.substring("bytes=".length()).split("-");
        int start = Integer.parseInt(ends[0]);
        int end = Integer.parseInt(ends[1]) + 1;
        answer.put("content-range", String.format(Locale.ROOT, "bytes %d-%d/%d", start, end - 1, object.bytes.length));
        byte[] bytes = new byte[end - start];
        System.arraycopy(object.bytes, start, bytes, 0, bytes.length);
        return new Answer(206, answer, bytes);
    }

    private static String crc32(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return Base64.getEncoder().encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    @Override
    public void close() throws IOException {
        server.close();
        List<Socket> open = new ArrayList<>(connections);
        for (Socket connection : open) {
            try {
                connection.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
