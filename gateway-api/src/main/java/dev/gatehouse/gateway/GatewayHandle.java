package dev.gatehouse.gateway;

import static dev.gatehouse.error.InvalidInputException.required;

import dev.gatehouse.error.ErrorCategory;
import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.InvalidStateException;
import dev.gatehouse.error.Problem;
import dev.gatehouse.error.UnsupportedCapabilityException;
import dev.gatehouse.facts.Mode;
import dev.gatehouse.facts.Snapshot;
import dev.gatehouse.fault.Faults;
import dev.gatehouse.id.GatewayInstanceId;
import dev.gatehouse.id.PaymentId;
import dev.gatehouse.plugin.InOwnLoader;
import dev.gatehouse.spi.Capability;
import dev.gatehouse.spi.CaptureMode;
import dev.gatehouse.spi.CaptureRequest;
import dev.gatehouse.spi.CapturesPayments;
import dev.gatehouse.spi.Changes;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.CompleteRequest;
import dev.gatehouse.spi.CompletesActions;
import dev.gatehouse.spi.Failure;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.Initiator;
import dev.gatehouse.spi.LinksToDashboard;
import dev.gatehouse.spi.ListsChanges;
import dev.gatehouse.spi.Lookup;
import dev.gatehouse.spi.MethodSpec;
import dev.gatehouse.spi.OperatorReport;
import dev.gatehouse.spi.Outcome;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.spi.PaymentMethod;
import dev.gatehouse.spi.ReceivesWebhooks;
import dev.gatehouse.spi.RefundRequest;
import dev.gatehouse.spi.RefundsPayments;
import dev.gatehouse.spi.RemoveRequest;
import dev.gatehouse.spi.RemovesMethods;
import dev.gatehouse.spi.SetUpRequest;
import dev.gatehouse.spi.SetsUpMethods;
import dev.gatehouse.spi.SettingSpec;
import dev.gatehouse.spi.TakesReports;
import dev.gatehouse.spi.Trace;
import dev.gatehouse.spi.VoidRequest;
import dev.gatehouse.spi.VoidsPayments;
import dev.gatehouse.spi.WebhookAnswer;
import dev.gatehouse.spi.WebhookRequest;
import dev.gatehouse.validation.HttpsUrl;
import dev.gatehouse.validation.InputValidator;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One opened gateway as the engine sees it. Refuses, typed and before anything is sent, what the
 * gateway does not declare; hands it only requests that obey the constraints written on them; and
 * makes an honest outcome of whatever the gateway may do instead of answering: throwing, returning
 * null or building an answer that can't be is {@link Outcome.Unknown}. Thread-safe if the gateway
 * is.
 */
public final class GatewayHandle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayHandle.class);

  /** The codes that only our own records give to a malformed answer; safe to be shown. */
  private static final Set<String> FAULTS_OF_ANSWERS =
      Set.of(
          "required",
          "https-url",
          "redirect.method",
          "money.overflow",
          "snapshot.sends",
          "method-details");

  private final InputValidator validator;
  private final GatewayEnvironment environment;
  private final String provider;
  private final GatewayCatalog.Entry entry;
  private final GatewayDescription description;
  private final GatewaySettings settings;
  private final PaymentGateway gateway;
  private final AskedToRest rest;
  private volatile boolean takesNewPayments;

  GatewayHandle(
      InputValidator validator,
      GatewayEnvironment environment,
      String provider,
      GatewayCatalog.Entry entry,
      GatewaySettings settings,
      PaymentGateway gateway,
      boolean takesNewPayments) {
    this.takesNewPayments = takesNewPayments;
    this.validator = validator;
    this.environment = environment;
    this.rest = new AskedToRest(environment.clock());
    this.provider = provider;
    this.entry = entry;
    this.description = entry.description();
    this.settings = settings;
    this.gateway = gateway;
  }

  /** The instance's id here. */
  public GatewayInstanceId id() {
    return environment.instance();
  }

  /** Whether real money moves. */
  public Mode mode() {
    return environment.mode();
  }

  /** What the gateway says of itself. */
  public GatewayDescription description() {
    return description;
  }

  /** Until when the provider, called too often, last asked to be left alone, if it did. */
  public Optional<Instant> restUntil() {
    return rest.until();
  }

  /** What can be told of it. */
  public GatewayView view() {
    return new GatewayView(id(), provider, mode(), takesNewPayments, description, entry.source());
  }

  /** Whether new payments may begin. Everything else goes on in either case. */
  public void takesNewPayments(boolean may) {
    takesNewPayments = may;
    LOG.info("gateway {} {} new payments from now on", id(), may ? "takes" : "does not take");
  }

  /** The settings that the browser may see. */
  public Map<String, String> publicSettings() {
    Map<String, String> visible = new TreeMap<>();
    for (SettingSpec spec : description.settings()) {
      if (spec.isPublic()) {
        settings.text(spec.name()).ifPresent(value -> visible.put(spec.name(), value));
      }
    }
    return visible;
  }

  /**
   * Refuses a new payment that the gateway could not carry out, with everything that is wrong; any,
   * while it is {@linkplain #takesNewPayments(boolean) switched off}.
   */
  public void demandCan(ChargeRequest request) {
    required("request", request);
    demandOn();
    PaymentMethod method = request.method();
    MethodSpec spec = demandTakes(method);
    if (request.capture() == CaptureMode.MANUAL) {
      demand(Capability.AUTHORIZE, method.type());
    }
    if (request.storeMethod() || method instanceof PaymentMethod.Stored) {
      demand(Capability.STORED_METHODS, method.type());
    }
    boolean present = request.initiator() == Initiator.CUSTOMER;
    List<Problem> problems = new ArrayList<>(lacking(method, spec, present, request.returnUrl()));
    problems.addAll(description.currencies().check("amount", request.amount()));
    int length = request.description().map(d -> d.codePointCount(0, d.length())).orElse(0);
    if (length > description.descriptionLimit()) {
      problems.add(
          new Problem(
              "description",
              "too-long",
              "is longer than gateway '" + id() + "' takes",
              "use at most " + description.descriptionLimit() + " characters",
              Map.of("max", String.valueOf(description.descriptionLimit()))));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  /** Refuses to store a method without a charge if the gateway could not, as a charge. */
  public void demandCanSetUp(SetUpRequest request) {
    required("request", request);
    demandOn();
    MethodSpec spec = demandTakes(request.method());
    demand(Capability.METHOD_SETUP, request.method().type());
    List<Problem> problems = lacking(request.method(), spec, true, request.returnUrl());
    if (request.method() instanceof PaymentMethod.Stored) {
      problems.add(
          new Problem(
              "method",
              "method.stored-already",
              "is a stored method already",
              "charge it, or store another one"));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
  }

  private void demandOn() {
    if (!takesNewPayments) {
      throw new InvalidStateException(
          new Problem(
              "gateway",
              "gateway.off",
              "gateway '" + id() + "' is switched off: it takes no new payments",
              "use another gateway, or switch it on"));
    }
  }

  /** Refuses a stored method of a type that the gateway does not take, or can't store. */
  public void demandStores(PaymentMethod.Stored method) {
    demandTakes(required("method", method));
    demand(Capability.STORED_METHODS, method.type());
  }

  /** What the payment method needs and the request lacks. */
  private List<Problem> lacking(
      PaymentMethod method, MethodSpec spec, boolean present, Optional<URI> returnUrl) {
    List<Problem> problems = new ArrayList<>();
    if (method instanceof PaymentMethod.OfType && spec.token() == MethodSpec.Token.REQUIRED) {
      problems.add(
          new Problem(
              "method",
              "method.needs-token",
              "'" + spec.type() + "' of gateway '" + id() + "' needs a token",
              "use a PaymentMethod.Token with what the provider's script made"));
    }
    if (method instanceof PaymentMethod.Token && spec.token() == MethodSpec.Token.NONE) {
      problems.add(
          new Problem(
              "method",
              "method.takes-no-token",
              "'" + spec.type() + "' of gateway '" + id() + "' takes no token",
              "use a PaymentMethod.OfType"));
    }
    if (spec.needsReturnUrl() && present && returnUrl.isEmpty()) {
      problems.add(
          new Problem(
              "returnUrl",
              "return-url.missing",
              "'" + spec.type() + "' of gateway '" + id() + "' sends the customer away",
              "say where the customer comes back to"));
    }
    return problems;
  }

  private MethodSpec demandTakes(PaymentMethod method) {
    MethodSpec spec = description.methods().get(method.type());
    if (spec == null) {
      throw new InvalidInputException(
          new Problem(
              "method",
              "method.unknown",
              "gateway '" + id() + "' does not take this payment method",
              "use one of " + description.methods().keySet(),
              Map.of("allowed", String.join(", ", description.methods().keySet()))));
    }
    return spec;
  }

  /** Refuses what is not declared for this payment method; no request is sent. */
  public void demand(Capability capability, String method) {
    required("capability", capability);
    required("method", method);
    boolean declared =
        description.gatewayCapabilities().contains(capability)
            || description.capabilitiesOf(method).contains(capability);
    if (!declared) {
      throw unsupported(capability);
    }
  }

  /** Takes or holds money. */
  public Outcome charge(ChargeRequest request) {
    required("request", request);
    return outcome(request, () -> gateway.charge(request));
  }

  /** Goes on after the customer's action. */
  public Outcome complete(CompleteRequest request) {
    required("request", request);
    CompletesActions able = able(CompletesActions.class, Capability.COMPLETION);
    return outcome(request, () -> able.complete(request));
  }

  /** Takes held money. */
  public Outcome capture(CaptureRequest request) {
    required("request", request);
    CapturesPayments able = able(CapturesPayments.class, Capability.CAPTURE);
    return outcome(request, () -> able.capture(request));
  }

  /** Releases held money. */
  public Outcome voidAuthorization(VoidRequest request) {
    required("request", request);
    VoidsPayments able = able(VoidsPayments.class, Capability.VOID);
    return outcome(request, () -> able.voidAuthorization(request));
  }

  /** Gives money back. */
  public Outcome refund(RefundRequest request) {
    required("request", request);
    RefundsPayments able = able(RefundsPayments.class, Capability.REFUND);
    return outcome(request, () -> able.refund(request));
  }

  /** Stores a method without a charge. */
  public Outcome setUp(SetUpRequest request) {
    required("request", request);
    SetsUpMethods able = able(SetsUpMethods.class, Capability.METHOD_SETUP);
    return outcome(request, () -> able.setUp(request));
  }

  /** Removes a stored method. */
  public Outcome remove(RemoveRequest request) {
    required("request", request);
    RemovesMethods able = able(RemovesMethods.class, Capability.METHOD_REMOVAL);
    return outcome(request, () -> able.remove(request));
  }

  /** Finds out what the provider knows of a set-up of ours. */
  public Lookup lookupSetUp(Trace trace) {
    SetsUpMethods able = able(SetsUpMethods.class, Capability.METHOD_SETUP);
    return lookup(required("trace", trace), able::lookupSetUp);
  }

  /**
   * Finds out what the provider knows. A reference that can't be one of ours, as in a webhook of
   * another system's payment, is not asked for.
   */
  public Lookup lookup(Trace trace) {
    return lookup(withoutForeignReference(required("trace", trace)), gateway::lookup);
  }

  private Lookup lookup(Trace trace, Function<Trace, Lookup> how) {
    Optional<Failure> invalid = fault(trace);
    return invalid.isPresent()
        ? new Lookup.CannotTell(invalid.get())
        : guarded(() -> how.apply(trace), Lookup.CannotTell::new);
  }

  private static Trace withoutForeignReference(Trace trace) {
    return trace.reference().filter(text -> !PaymentId.isWellFormed(text)).isPresent()
        ? new Trace(Optional.empty(), trace.startedAt(), trace.operation(), trace.known())
        : trace;
  }

  /** Verifies and reads a webhook delivery. */
  public WebhookAnswer receive(WebhookRequest request) {
    required("request", request);
    ReceivesWebhooks able = able(ReceivesWebhooks.class, Capability.WEBHOOKS);
    return guarded(() -> able.receive(request), WebhookAnswer.CannotVerify::new);
  }

  /** Lists which payments changed. */
  public Changes changesSince(Instant since) {
    required("since", since);
    ListsChanges able = able(ListsChanges.class, Capability.CHANGES);
    return guarded(() -> able.changesSince(since), Changes.CannotTell::new);
  }

  /**
   * What a person's report means.
   *
   * @throws InvalidInputException if the report is malformed, if the gateway refuses it, or can
   *     make nothing of it
   */
  public Snapshot report(OperatorReport report) {
    required("report", report);
    TakesReports able = able(TakesReports.class, Capability.OPERATOR_REPORTS);
    validator.check(report, Locale.ENGLISH);
    try {
      return required("report", inOwnLoader(() -> able.report(report)));
    } catch (InvalidInputException refused) {
      throw refused;
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("gateway {} threw {}", id(), Faults.describe(e));
      throw new InvalidInputException(
          new Problem(
              "report",
              "report.not-understood",
              "gateway '" + id() + "' could make nothing of it: " + e.getClass().getName(),
              "check what is reported; if it is right, ask the gateway's author"));
    }
  }

  /** The payment's page in the provider's console, if there is one; always https. */
  public Optional<URI> dashboard(Trace trace) {
    required("trace", trace);
    return Capability.in(gateway, LinksToDashboard.class)
        .flatMap(
            links ->
                guarded(
                    () -> links.paymentPage(trace).filter(this::isPage),
                    failure -> Optional.empty()));
  }

  /** An operator's browser must not be made to run a script either. */
  private boolean isPage(URI link) {
    boolean page = HttpsUrl.OfUri.isHttps(link);
    if (!page) {
      LOG.warn("gateway {} links to something other than an https page; it is not shown", id());
    }
    return page;
  }

  /** Closes the gateway; one that fails to close is logged and forgotten. */
  @Override
  public void close() {
    try {
      inOwnLoader(
          () -> {
            gateway.close();
            return gateway;
          });
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("gateway {} failed to close: {}", id(), Faults.describe(e));
    }
  }

  private <T> T inOwnLoader(Supplier<T> call) {
    return InOwnLoader.call(gateway.getClass(), call);
  }

  private <C> C able(Class<C> type, Capability capability) {
    return Capability.in(gateway, type).orElseThrow(() -> unsupported(capability));
  }

  private UnsupportedCapabilityException unsupported(Capability capability) {
    return new UnsupportedCapabilityException(
        new Problem(
            "gateway",
            "capability.undeclared",
            "gateway '" + id() + "' does not declare " + capability,
            "use another gateway or payment method; it declares " + description.capabilities()));
  }

  /** A request of ours that is malformed is not sent: nothing has happened, nor will it. */
  private Outcome outcome(Record request, Supplier<Outcome> call) {
    Optional<Failure> invalid = fault(request);
    return invalid.isPresent()
        ? new Outcome.NotSent(invalid.get())
        : guarded(call, Outcome.Unknown::new);
  }

  /** What is wrong with a request; never shows what it holds. */
  private Optional<Failure> fault(Record request) {
    List<Problem> problems = validator.problems(request, Locale.ENGLISH);
    if (problems.isEmpty()) {
      return Optional.empty();
    }
    String what = String.join("; ", problems.stream().map(Problem::describe).toList());
    String name = request.getClass().getSimpleName();
    LOG.warn("a malformed {} is kept from gateway {}: {}; report this", name, id(), what);
    return Optional.of(
        Failure.of(ErrorCategory.VALIDATION, "request.malformed", "it was not sent: " + what));
  }

  /** A gateway that throws, returns null or can't build its answer has left us without one. */
  private <T> T guarded(Supplier<T> call, Function<Failure, T> unknown) {
    try {
      T answer = inOwnLoader(call);
      if (answer != null) {
        RefusedCredentials.tellOf(id(), answer);
        rest.heed(answer);
        return answer;
      }
      LOG.warn("gateway {} returned null; ask its author", id());
      return unknown.apply(failure("gateway.null", "it returned null"));
    } catch (Throwable e) {
      Faults.rethrowIfTheMachineIsDying(e);
      LOG.warn("gateway {} threw; ask its author: {}", id(), Faults.describe(e));
      return unknown.apply(failure(e));
    }
  }

  /** Names the class, and the fault of a malformed answer; a message may hold a secret. */
  private static Failure failure(Throwable e) {
    String code =
        e instanceof InvalidInputException malformed ? malformed.problems().get(0).code() : "";
    return FAULTS_OF_ANSWERS.contains(code)
        ? failure("gateway.malformed-answer", "its answer was malformed: " + code)
        : failure("gateway.threw", "it threw " + e.getClass().getName());
  }

  private static Failure failure(String code, String what) {
    return Failure.of(ErrorCategory.UNKNOWN_OUTCOME, code, "the gateway did not answer: " + what);
  }
}
