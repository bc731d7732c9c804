// SPDX-License-Identifier: Apache-2.0
package io.vnetc.dsl.validation;

import io.vnetc.dsl.ParsedSources;
import io.vnetc.dsl.diagnostic.Diagnostic;
import io.vnetc.dsl.diagnostic.DiagnosticCode;
import io.vnetc.dsl.diagnostic.SourceRange;
import io.vnetc.dsl.expression.ParameterType;
import io.vnetc.dsl.scoping.Definitions;
import io.vnetc.dsl.scoping.Similar;
import io.vnetc.dsl.scoping.UnknownNames;
import io.vnetc.dsl.vnet.Argument;
import io.vnetc.dsl.vnet.Declaration;
import io.vnetc.dsl.vnet.Entry;
import io.vnetc.dsl.vnet.ListLiteral;
import io.vnetc.dsl.vnet.Parameter;
import io.vnetc.dsl.vnet.Template;
import io.vnetc.dsl.vnet.TemplateCall;
import io.vnetc.dsl.vnet.VnetPackage.Literals;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;

/** Uses name a template that exists and goes there, with arguments that it takes and all that it needs. */
final class TemplateUses {
    /** What templates are of, and how one of them is used. */
    private record Kind(String plural, String use) {}

    private static final Map<EClass, Kind> KINDS = Map.of(
            Literals.BLOCK, new Kind("declarations", "use"),
            Literals.HOST, new Kind("hosts", "host NAME from"),
            Literals.NETWORK, new Kind("networks", "network NAME from"),
            Literals.PORTGROUP, new Kind("portgroups", "portgroup NAME from"),
            Literals.QOS, new Kind("QoS", "qos from"),
            Literals.GUEST, new Kind("vms", "vm NAME from"),
            Literals.NIC, new Kind("nics", "nic NAME from"));

    private final ParsedSources sources;

    TemplateUses(ParsedSources sources) {
        this.sources = sources;
    }

    void checkTypes(Template template) {
        boolean optional = false;
        for (Parameter parameter : template.getParameters()) {
            if (ParameterType.named(parameter.getType()).isEmpty()) {
                sources.diagnostics()
                        .report(Diagnostic.error(
                                        DiagnosticCode.UNKNOWN_TYPE,
                                        sources.rangeOf(parameter, Literals.PARAMETER__TYPE),
                                        "there is no type `" + parameter.getType() + "`")
                                .withHint(Similar.to(parameter.getType(), ParameterType.names())
                                        .map(similar -> "did you mean `" + similar + "`?")
                                        .orElse("there are: `" + String.join("`, `", ParameterType.names()) + "`")));
            }
            if (optional && parameter.getDefault() == null) {
                sources.diagnostics()
                        .report(Diagnostic.error(
                                        DiagnosticCode.BAD_ARGUMENT,
                                        sources.nameOf(parameter),
                                        "the parameter `" + parameter.getName()
                                                + "` has no default, and comes after one that has")
                                .withHint("put those that must be given first"));
            }
            optional |= parameter.getDefault() != null;
        }
    }

    void bind(TemplateCall call) {
        String name = sources.written(call, Literals.TEMPLATE_CALL__TEMPLATE, 0);
        Definitions definitions = sources.definitions();
        Optional<Template> template = definitions.template(call, name);
        if (template.isEmpty()) {
            SourceRange place = sources.rangeOf(call, Literals.TEMPLATE_CALL__TEMPLATE);
            Optional<? extends Declaration> hidden = definitions.hidden(true, name);
            sources.diagnostics()
                    .report(
                            hidden.isPresent()
                                    ? hidden(place, "template", name, hidden.get())
                                    : Diagnostic.error(
                                                    DiagnosticCode.UNKNOWN_NAME,
                                                    place,
                                                    UnknownNames.unknown("template", name))
                                            .withHint(UnknownNames.hint(
                                                    name,
                                                    definitions.templateNames(call),
                                                    "declare it: `template " + name + "(…) { … }`")));
            return;
        }
        call.setTemplate(template.get());
        checkKind(call, template.get());
        checkArguments(call, template.get());
    }

    Diagnostic hidden(SourceRange place, String kind, String name, Declaration declaration) {
        SourceRange declared = sources.nameOf(declaration);
        boolean isPrivate = Definitions.isHiddenAsPrivate(declaration);
        return Diagnostic.error(
                        DiagnosticCode.NOT_VISIBLE,
                        place,
                        "the " + kind + " `" + name + "` is "
                                + (isPrivate ? "private to its file" : "in a file that this one does not import"))
                .withHint(isPrivate ? "take away its `private`" : "import `" + declared.file() + "`")
                .withRelated(declared, "it is declared here");
    }

    private void checkKind(TemplateCall call, Template template) {
        EObject user = call.eContainer();
        EClass wanted = KINDS.containsKey(user.eClass()) ? user.eClass() : Literals.BLOCK;
        EClass has = template.getBody().eClass();
        if (has != wanted) {
            sources.diagnostics()
                    .report(Diagnostic.error(
                                    DiagnosticCode.TEMPLATE_KIND,
                                    sources.rangeOf(call, Literals.TEMPLATE_CALL__TEMPLATE),
                                    "`" + template.getName() + "` is a template of "
                                            + KINDS.get(has).plural() + ", and one of "
                                            + KINDS.get(wanted).plural() + " goes here")
                            .withHint("it is used as in `" + KINDS.get(has).use() + " " + template.getName() + "`")
                            .withRelated(sources.nameOf(template), "the template is here"));
        }
    }

    private void checkArguments(TemplateCall call, Template template) {
        List<Parameter> parameters = template.getParameters();
        Map<String, Argument> given = new HashMap<>();
        boolean named = false;
        for (int i = 0; i < call.getArguments().size(); i++) {
            Argument argument = call.getArguments().get(i);
            if (argument.getParameter() == null && named) {
                wrong(argument, template, "an argument without a name comes after one with a name", "put it first");
                return;
            }
            named |= argument.getParameter() != null;
            if (!named && i >= parameters.size()) {
                wrong(
                        argument,
                        template,
                        "`" + template.getName() + "` takes "
                                + (parameters.isEmpty()
                                        ? "no arguments"
                                        : "at most " + parameters.size()
                                                + (parameters.size() == 1 ? " argument" : " arguments")),
                        "delete this one");
                return;
            }
            String name = named ? argument.getParameter() : parameters.get(i).getName();
            if (parameters.stream().noneMatch(each -> each.getName().equals(name))) {
                wrong(
                        argument,
                        template,
                        "`" + template.getName() + "` has no parameter `" + name + "`",
                        UnknownNames.hint(
                                name,
                                parameters.stream().map(Parameter::getName).toList(),
                                "delete it"));
            } else if (given.putIfAbsent(name, argument) != null) {
                wrong(argument, template, "the parameter `" + name + "` is given twice", "keep one of them");
            }
        }
        for (Parameter parameter : parameters) {
            if (parameter.getDefault() == null && !given.containsKey(parameter.getName())) {
                sources.diagnostics()
                        .report(Diagnostic.error(
                                        DiagnosticCode.BAD_ARGUMENT,
                                        sources.rangeOf(call, Literals.TEMPLATE_CALL__TEMPLATE),
                                        "`" + template.getName() + "` needs its parameter `" + parameter.getName()
                                                + "`")
                                .withHint(
                                        "add `" + parameter.getName() + " = …`, of type `" + parameter.getType() + "`")
                                .withRelated(sources.nameOf(parameter), "the parameter is here"));
            }
        }
    }

    private void wrong(Argument argument, Template template, String message, String hint) {
        sources.diagnostics()
                .report(Diagnostic.error(DiagnosticCode.BAD_ARGUMENT, sources.rangeOf(argument), message)
                        .withHint(hint)
                        .withRelated(sources.nameOf(template), "the template is here"));
    }

    /** A list has keys for all of its entries or for none, and each once. */
    void checkEntries(ListLiteral list) {
        Set<String> keys = new HashSet<>();
        for (Entry entry : list.getEntries()) {
            boolean hasKey = entry.getKey() != null;
            if (hasKey != (list.getEntries().get(0).getKey() != null)) {
                sources.diagnostics()
                        .report(Diagnostic.error(
                                        DiagnosticCode.MIXED_LIST,
                                        sources.rangeOf(entry),
                                        "entries with a key and entries without one stand in one list")
                                .withHint("a map has a key for each, as in [gold = 100mbit, silver = 50mbit]"));
                return;
            }
            if (hasKey && !keys.add(ParsedSources.unquoted(entry.getKey()))) {
                sources.diagnostics()
                        .report(Diagnostic.error(
                                        DiagnosticCode.MIXED_LIST,
                                        sources.rangeOf(entry, Literals.ENTRY__KEY),
                                        "the key `" + ParsedSources.unquoted(entry.getKey()) + "` is given twice")
                                .withHint("keep one of them"));
            }
        }
    }
}
