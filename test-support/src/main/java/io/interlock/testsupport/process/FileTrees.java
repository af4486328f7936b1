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
 * Folders to which a process still writes. Files that vanish during a walk, such as a file that is renamed after it was
 * written, are left out; {@code Files.walk} would fail.
 */
public final class FileTrees {

    private FileTrees() {}

    /** Returns a folder and everything below it, each folder before its content. */
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

    /** Returns the only regular file or socket with a name below a folder. */
    public static Path find(Path folder, String name) throws IOException {
        return all(folder).stream()
                .filter(path -> path.endsWith(name))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no " + name + " in " + folder));
    }

    /** Removes a folder with its content. */
    public static void remove(Path folder) throws IOException {
        for (Path path : all(folder).reversed()) {
            Files.deleteIfExists(path);
        }
    }

    /** Returns the number of a file's group. */
    public static String groupOf(String file) throws IOException {
        return SystemProcesses.run("stat", "-c", "%g", file).strip();
    }
}
