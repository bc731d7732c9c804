// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.libvirt.xml;

import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.source.SourceFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the start tags of a text are, and their attributes: the parser of the platform tells only where a tag ends. The
 * text is known to be well-formed and to have no document type.
 */
final class StartTags {
    private final SourceFile file;
    private final String text;
    private int at;

    private StartTags(SourceFile file) {
        this.file = file;
        this.text = file.text();
    }

    /**
     * A start tag.
     *
     * @param name its place
     * @param attributes their places, namespace declarations among them, in the order of the text
     */
    record Tag(SourceRange name, List<Attribute> attributes) {}

    record Attribute(String name, SourceRange place) {}

    static List<Tag> of(SourceFile file) {
        return new StartTags(file).scan();
    }

    private List<Tag> scan() {
        List<Tag> tags = new ArrayList<>();
        while ((at = text.indexOf('<', at)) >= 0) {
            if (text.startsWith("<!--", at)) {
                skipTo("-->");
            } else if (text.startsWith("<![CDATA[", at)) {
                skipTo("]]>");
            } else if (text.startsWith("<?", at)) {
                skipTo("?>");
            } else if (text.startsWith("</", at)) {
                skipTo(">");
            } else {
                tags.add(tag());
            }
        }
        return tags;
    }

    private void skipTo(String end) {
        int found = text.indexOf(end, at);
        at = found < 0 ? text.length() : found + end.length();
    }

    private Tag tag() {
        int start = at++;
        skipName();
        SourceRange name = file.range(start, at - start);
        List<Attribute> attributes = new ArrayList<>();
        while (at < text.length() && text.charAt(at) != '>') {
            if (isSpace(text.charAt(at)) || text.charAt(at) == '/') {
                at++;
            } else {
                attributes.add(attribute());
            }
        }
        return new Tag(name, attributes);
    }

    private Attribute attribute() {
        int start = at;
        skipName();
        String name = text.substring(start, at);
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\'') {
            at++;
        }
        int end = at < text.length() ? text.indexOf(text.charAt(at), at + 1) : -1;
        at = end < 0 ? text.length() : end + 1;
        return new Attribute(name, file.range(start, at - start));
    }

    private void skipName() {
        while (at < text.length() && !isSpace(text.charAt(at)) && "/>=".indexOf(text.charAt(at)) < 0) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
