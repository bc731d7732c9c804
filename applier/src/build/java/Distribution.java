// SPDX-License-Identifier: Apache-2.0
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Assembles the folder that is shipped: {@code vnetc}, the launcher, also by the names of its scripts for QEMU, and
 * {@code lib}, the jars in the order of the class path. The same inputs give the same bytes and times, so that a class-data archive made for one build serves the next
 * build of the same sources.
 *
 * <p>Signatures are stripped: the JVM would check each signed class while it loads, and class-data sharing refuses them
 * (half of the start-up time). Jars stay apart, for EMF finds its messages by the jar they are in.
 *
 * <p>A source-file program, run by the build: {@code java Distribution.java FOLDER VERSION LAUNCHER SAMPLE CLASS-PATH}.
 * The sample is what the launcher compiles to learn which classes to archive.
 */
final class Distribution {
    /** The time of all entries and jars: the earliest that a zip file can hold, and some hours. */
    private static final FileTime TIME = FileTime.from(Instant.parse("1980-02-01T00:00:00Z"));

    /** The launcher by the names that QEMU calls it. */
    private static final List<String> SCRIPTS = List.of("vnetc-ifup", "vnetc-ifdown");

    private static final Pattern SIGNATURE = Pattern.compile("META-INF/([^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/]+)");
    private static final Pattern OWN_FOLDER = Pattern.compile(".*/([^/]+)/target/classes");
    private static final Pattern OWN_JAR = Pattern.compile("(vnetc-[a-z]+)-\\d.*\\.jar");
    private static final Pattern NATIVE = Pattern.compile("com/sun/jna/(linux-[^/]+)/(libjnidispatch\\.so)");

    private final Path lib;
    private final String version;
    private final MessageDigest digest = sha256();
    private final List<String> classPath = new ArrayList<>();
    private final List<String> ownClasses = new ArrayList<>();

    private Distribution(Path lib, String version) {
        this.lib = lib;
        this.version = version;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 5) {
            throw new IllegalArgumentException("wanted: FOLDER VERSION LAUNCHER SAMPLE CLASS-PATH");
        }
        Path folder = Path.of(arguments[0]);
        Path fresh = folder.resolveSibling(folder.getFileName() + ".new");
        delete(fresh);
        Files.createDirectories(fresh.resolve("lib"));
        Distribution distribution = new Distribution(fresh.resolve("lib"), arguments[1]);
        for (String entry : arguments[4].split(Pattern.quote(File.pathSeparator))) {
            distribution.add(Path.of(entry));
        }
        distribution.finish();
        Path sample = Path.of(arguments[3]);
        Files.createDirectories(fresh.resolve("lib/sample"));
        Files.copy(sample, fresh.resolve("lib/sample").resolve(sample.getFileName()));
        Path launcher = fresh.resolve("vnetc");
        Files.copy(Path.of(arguments[2]), launcher, StandardCopyOption.COPY_ATTRIBUTES);
        if (!launcher.toFile().setExecutable(true, false)) {
            throw new IOException(launcher + " cannot be made executable");
        }
        for (String script : SCRIPTS) {
            Files.createSymbolicLink(fresh.resolve(script), launcher.getFileName());
        }
        delete(folder);
        Files.move(fresh, folder);
    }

    private void add(Path entry) throws IOException {
        String name = entry.getFileName().toString();
        Matcher ownFolder = OWN_FOLDER.matcher(entry.toString());
        Matcher ownJar = OWN_JAR.matcher(name);
        if (Files.isDirectory(entry)) {
            if (!ownFolder.matches()) {
                throw new IOException(entry + " is neither a jar nor a module's target/classes");
            }
            write("vnetc-" + ownFolder.group(1) + ".jar", readFolder(entry), true);
        } else if (ownJar.matches()) {
            write(ownJar.group(1) + ".jar", readJar(entry), true);
        } else {
            write(name, readJar(entry), false);
        }
    }

    private void write(String name, Map<String, byte[]> entries, boolean own) throws IOException {
        entries.keySet().removeIf(entry -> SIGNATURE.matcher(entry).matches());
        byte[] manifest = manifest(own ? null : entries.get("META-INF/MANIFEST.MF"));
        entries.remove("META-INF/MANIFEST.MF");
        Path jar = lib.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            // Stored, not deflated: read faster, and made faster.
            zip.setMethod(ZipOutputStream.STORED);
            put(zip, "META-INF/MANIFEST.MF", manifest);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                put(zip, entry.getKey(), entry.getValue());
                unpackNative(entry.getKey(), entry.getValue());
                if (own && entry.getKey().endsWith(".class")) {
                    ownClasses.add(entry.getKey().substring(0, entry.getKey().length() - ".class".length()));
                }
            }
        }
        Files.setLastModifiedTime(jar, TIME);
        digest.update(name.getBytes(UTF_8));
        digest.update(Files.readAllBytes(jar));
        classPath.add(name);
    }

    /** JNA would unpack its library to /tmp at each start. */
    private void unpackNative(String entry, byte[] content) throws IOException {
        Matcher matcher = NATIVE.matcher(entry);
        if (matcher.matches()) {
            Path library = lib.resolve("native").resolve(matcher.group(1)).resolve(matcher.group(2));
            Files.createDirectories(library.getParent());
            Files.write(library, content);
        }
    }

    /** What the launcher reads: the order of the jars, what names this build, and the classes to be archived. */
    private void finish() throws IOException {
        Files.write(lib.resolve("classpath"), classPath);
        Files.write(lib.resolve("classes"), ownClasses);
        Files.write(lib.resolve("build-id"), List.of(HexFormat.of().formatHex(digest.digest(), 0, 12)));
    }

    private byte[] manifest(byte[] original) throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        if (original == null) {
            main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            main.put(Attributes.Name.IMPLEMENTATION_TITLE, "vnetc");
            main.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        } else {
            // The sections after the first hold nothing but digests.
            main.putAll(new Manifest(new java.io.ByteArrayInputStream(original)).getMainAttributes());
            main.remove(Attributes.Name.CLASS_PATH);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        manifest.write(bytes);
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(TIME);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        ((OutputStream) zip).write(content);
        zip.closeEntry();
    }

    private static Map<String, byte[]> readFolder(Path folder) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return entries;
    }

    private static Map<String, byte[]> readJar(Path jar) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
                }
            }
        }
        return entries;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
