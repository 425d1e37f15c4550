package io.github.sqlvdi.storage.s3;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The store refused a request. The message has its code and what to do. */
final class S3RefusalException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final Set<String> FULL =
            Set.of("QuotaExceeded", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded",
                    "InsufficientStorage", "InsufficientCapacity");

    private final int status;
    private final String code;

    S3RefusalException(String what, S3Exception refusal) {
        super(words(what, refusal), refusal);
        status = refusal.statusCode();
        code = code(refusal);
    }

    boolean isMissing() {
        return status == 404;
    }

    boolean isMissingBucket() {
        return code.equals("NoSuchBucket");
    }

    boolean isForbidden() {
        return status == 403;
    }

    /** The object that must not exist does, or the object that was read has changed. */
    boolean isPreconditionFailed() {
        return status == 412;
    }

    /** The store does not know the request or one of its headers. */
    boolean isNotImplemented() {
        return status == 501 || status == 405 || code.equals("NotImplemented");
    }

    private static String code(S3Exception refusal) {
        return refusal.awsErrorDetails() == null || refusal.awsErrorDetails().errorCode() == null ? ""
                : refusal.awsErrorDetails().errorCode();
    }

    private static String words(String what, S3Exception refusal) {
        String code = code(refusal);
        String said =
                refusal.awsErrorDetails() == null ? refusal.getMessage() : refusal.awsErrorDetails().errorMessage();
        return String.format(Locale.ROOT, "%s: %s%s%s (HTTP status %d)", what, code.isEmpty() ? "refused" : code,
                said == null || said.isEmpty() || said.equals(code) ? "" : ", " + withoutStop(said),
                advice(refusal.statusCode(), code),
                refusal.statusCode());
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String advice(int status, String code) {
        if (status == 507 || FULL.contains(code)) {
            return ". There is no space left in the store";
        }
        if (code.equals("NoSuchBucket")) {
            return ". Create the bucket, or check its name, the endpoint and the region";
        }
        if (status == 403) {
            return ". Check the credentials and their rights on the bucket";
        }
        if (status == 301 || code.equals("PermanentRedirect") || code.equals("AuthorizationHeaderMalformed")) {
            return ". Check the region of the bucket";
        }
        if (status == 503 || code.equals("SlowDown")) {
            return ". The store is overloaded; every attempt was refused";
        }
        return "";
    }
}
