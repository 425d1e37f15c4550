package io.github.sqlvdi.storage.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Waits for answers of the store. Each wait ends, because each request has a time-out. */
final class S3Calls {

    private S3Calls() {
    }

    /** Waits for an answer; an interrupt cancels the request. */
    static <T> T await(CompletableFuture<T> answer, String what) throws IOException {
        try {
            return answer.get();
        } catch (InterruptedException interrupt) {
            answer.cancel(true);
            throw interrupted(what);
        } catch (CancellationException | ExecutionException failure) {
            throw failure(what, failure);
        }
    }

    /**
     * Begins a request also in a thread that is interrupted: the SDK refuses to begin one there. The thread stays
     * interrupted.
     */
    static <T> CompletableFuture<T> begin(Supplier<CompletableFuture<T>> request) {
        boolean interrupted = Thread.interrupted();
        try {
            return request.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Begins a request and waits for its answer, also in a thread that is interrupted, for what must be done in any case. */
    static <T> T awaitInAnyCase(Supplier<CompletableFuture<T>> request, String what) throws IOException {
        CompletableFuture<T> answer = begin(request);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException later) {
                    interrupted = true;
                } catch (CancellationException | ExecutionException failure) {
                    throw failure(what, failure);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static InterruptedIOException interrupted(String what) {
        Thread.currentThread().interrupt();
        return new InterruptedIOException(what + ": the thread was interrupted");
    }

    private static IOException failure(String what, Exception failure) {
        Throwable cause = failure;
        while (cause instanceof ExecutionException || cause instanceof java.util.concurrent.CompletionException) {
            cause = cause.getCause();
        }
        for (Throwable reason = cause; reason != null; reason = reason.getCause()) {
            if (reason instanceof InterruptedException) { // the SDK looks whether its caller is interrupted, and clears that
                return interrupted(what);
            }
        }
        return cause instanceof S3Exception refusal ? new S3RefusalException(what, refusal)
                : new IOException(String.format(Locale.ROOT, "%s: %s%s", what, words(cause), advice(cause)), cause);
    }

    /** {@return what to do about a certificate that was refused} */
    private static String advice(Throwable failure) {
        boolean certificate = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return ". The certificate of the store is not trusted: name a trust store with the certificate of its authority "
                        + "by the system properties javax.net.ssl.trustStore and javax.net.ssl.trustStorePassword; keytool "
                        + "-importcert makes one";
            }
            certificate |= cause instanceof CertificateException;
        }
        return certificate
                ? ". The certificate of the store is not for this host: name the endpoint as the certificate does" : "";
    }

    /** The message of the exception, and of its causes where they say more. */
    private static String words(Throwable failure) {
        StringBuilder words = new StringBuilder(text(failure));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (words.indexOf(text(cause)) < 0) {
                words.append(": ").append(text(cause));
            }
        }
        return words.toString();
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
