// SPDX-License-Identifier: Apache-2.0
package io.vnetc.applier.netlink;

import io.vnetc.applier.netlink.system.Errno;
import io.vnetc.applier.netlink.system.SystemCallException;
import io.vnetc.applier.netlink.wire.Acknowledgement;
import io.vnetc.applier.netlink.wire.Request;
import java.io.IOException;
import java.util.Optional;

/**
 * What was wanted of the kernel and not done: in words, with the kernel's error, its own text and the attribute that it
 * blames, as in {@code cannot change bridge br0: ERANGE (Numerical result out of range): …, at
 * IFLA_LINKINFO/IFLA_INFO_DATA/IFLA_BR_FORWARD_DELAY}.
 */
public final class NetlinkException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String operation;
    private final int errno;
    private final String kernelText;
    private final String attribute;

    private NetlinkException(String operation, Errno errno, String kernelText, String attribute, String more) {
        super("cannot " + operation + ": " + errno + (kernelText == null ? "" : ": " + kernelText)
                + (attribute == null ? "" : ", at " + attribute) + more);
        this.operation = operation;
        this.errno = errno.number();
        this.kernelText = kernelText;
        this.attribute = attribute;
    }

    /** The kernel refused a request. */
    static NetlinkException refused(Request request, Acknowledgement answer) {
        Optional<String> missing = answer.missing(request);
        String more = missing.map(name -> "; missing: " + name).orElse("")
                + answer.allowed().map(range -> "; allowed: " + range).orElse("");
        return new NetlinkException(
                request.operation(),
                new Errno(answer.error()),
                answer.text().orElse(null),
                answer.attribute(request).orElse(null),
                more);
    }

    /** The request did not reach the kernel, or the answer did not come back. */
    static NetlinkException failed(String operation, Errno errno, String why) {
        return new NetlinkException(operation, errno, null, null, ": " + why);
    }

    /** A system call failed on the way. */
    static NetlinkException failed(String operation, SystemCallException cause) {
        NetlinkException exception = failed(operation, cause.errno(), cause.getMessage());
        exception.initCause(cause);
        return exception;
    }

    /** A link that a change names is not there. */
    public static NetlinkException missingLink(String operation, String name) {
        return new NetlinkException(operation, Errno.ENODEV, null, null, ": there is no link " + name);
    }

    /** What was wanted, such as {@code create bridge br0}. */
    public String operation() {
        return operation;
    }

    /** The kernel's error. */
    public Errno errno() {
        return new Errno(errno);
    }

    /** The kernel's own words ({@code NLMSGERR_ATTR_MSG}). */
    public Optional<String> kernelText() {
        return Optional.ofNullable(kernelText);
    }

    /** The attribute that the kernel blames, with the way to it. */
    public Optional<String> attribute() {
        return Optional.ofNullable(attribute);
    }
}
