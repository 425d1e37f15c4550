package io.github.sqlvdi.mtf;

/**
 * A filegroup in the configuration of a backup (MTF reference 6.2).
 *
 * @param id its id, 1 for PRIMARY
 * @param name its name
 */
public record Filegroup(int id, String name) {
}
