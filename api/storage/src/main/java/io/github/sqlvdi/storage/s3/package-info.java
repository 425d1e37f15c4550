/**
 * S3 and object stores that speak it, by the AWS SDK for Java 2. The SDK is an optional dependency: a program that uses
 * {@code s3:} names adds {@code software.amazon.awssdk:s3} and {@code netty-nio-client}.
 */
@NullMarked
package io.github.sqlvdi.storage.s3;

import org.jspecify.annotations.NullMarked;
