// SPDX-License-Identifier: Apache-2.0
package io.vnetc.compiler.render.dnsmasq;

import freemarker.cache.ClassTemplateLoader;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The layout of a configuration. What is in it, and whether it is fit to be, is decided before. */
final class DnsmasqTemplate {
    private final Template template;

    DnsmasqTemplate() {
        Configuration settings = new Configuration(Configuration.VERSION_2_3_34);
        settings.setTemplateLoader(new ClassTemplateLoader(DnsmasqTemplate.class, ""));
        settings.setDefaultEncoding(StandardCharsets.UTF_8.name());
        settings.setLocale(Locale.ROOT);
        settings.setNumberFormat("computer");
        settings.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        settings.setLogTemplateExceptions(false);
        settings.setWrapUncheckedExceptions(true);
        settings.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        try {
            template = settings.getTemplate("dnsmasq.conf.ftl");
        } catch (IOException e) {
            throw new UncheckedIOException("the template of dnsmasq's configuration is not in the program", e);
        }
    }

    /** The lines of the configuration with these values. */
    List<String> fill(Map<String, ?> values) {
        StringWriter text = new StringWriter();
        try {
            template.process(values, text);
        } catch (TemplateException | IOException e) {
            throw new IllegalStateException("the template of dnsmasq's configuration does not fit its values", e);
        }
        return Lines.of(text.toString());
    }
}
