package io.interlock.testsupport.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Folders that a process still writes to: what vanishes while one looks, such as a file that is written beside its
 * place and then renamed, is left out, where {@code Files.walk} would fail.
 */
public final class FileTrees {

    private FileTrees() {}

    /** All files and folders in one and below, it itself first, each before what is in it. */
    public static List<Path> all(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                found.add(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                found.add(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
                return goOnAfter(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure) throws IOException {
                return goOnAfter(failure);
            }

            private FileVisitResult goOnAfter(@Nullable IOException failure) throws IOException {
                if (failure != null && !(failure instanceof NoSuchFileException)) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** The only regular file or socket of a name, wherever it is below a folder. */
    public static Path find(Path folder, String name) throws IOException {
        return all(folder).stream()
                .filter(path -> path.endsWith(name))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no " + name + " in " + folder));
    }

    /** Removes one with all that is in it. */
    public static void remove(Path folder) throws IOException {
        for (Path path : all(folder).reversed()) {
            Files.deleteIfExists(path);
        }
    }

    /** The number of a file's group. */
    public static String groupOf(String file) throws IOException {
        return SystemProcesses.run("stat", "-c", "%g", file).strip();
    }
}
