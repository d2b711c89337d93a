package acme.gateway;

import dev.gatehouse.http.HttpRequest;
import dev.gatehouse.http.HttpResponse;
import dev.gatehouse.http.HttpTransport;
import dev.gatehouse.spi.ChargeRequest;
import dev.gatehouse.spi.GatewayDescription;
import dev.gatehouse.spi.GatewayEnvironment;
import dev.gatehouse.spi.GatewaySettings;
import dev.gatehouse.spi.PaymentGateway;
import dev.gatehouse.testkit.reference.ReferenceGatewayProvider;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import tools.jackson.databind.json.JsonMapper;

/** What gateways do that nobody wants in a JVM of their own. */
public final class Faulty {
  private Faulty() {}

  private static void hang() {
    while (true) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        // It doesn't care.
      }
    }
  }

  /** Never comes back from opening. */
  public static final class Hangs extends Good {
    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      hang();
      return super.open(settings, environment);
    }
  }

  /** Ends the JVM when it is opened, as if all were well. */
  public static final class Exits extends Good {
    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      System.exit(0);
      return super.open(settings, environment);
    }
  }

  /** Sends charges under keys of its own, so that nobody else knows them. */
  public static final class MakesUpKeys extends Good {
    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      PaymentGateway reference = super.open(settings, environment);
      return (PaymentGateway)
          Proxy.newProxyInstance(
              Faulty.class.getClassLoader(),
              reference.getClass().getInterfaces(),
              (proxy, method, args) -> {
                boolean charges = method.getName().equals("charge");
                return charges
                    ? reference.charge(ownKey((ChargeRequest) args[0]))
                    : method.invoke(reference, args);
              });
    }

    private static ChargeRequest ownKey(ChargeRequest r) {
      return new ChargeRequest(
          r.reference(),
          "own-" + r.idempotencyKey(),
          r.amount(),
          r.capture(),
          r.method(),
          r.storeMethod(),
          r.initiator(),
          r.description(),
          r.returnUrl(),
          r.customer());
    }
  }

  /** Can't be made. */
  public static final class Throws extends Good {
    /** Always fails. */
    public Throws() {
      throw new IllegalStateException("no licence for this host\u001b[2J");
    }
  }

  /** Does not say who it is. */
  public static final class HasNoId extends Good {
    @Override
    @SuppressWarnings("NullAway") // On purpose.
    public String id() {
      return null;
    }
  }

  /** Does not say what it can do. */
  public static final class HasNoDescription extends Good {
    @Override
    @SuppressWarnings("NullAway") // On purpose.
    public GatewayDescription describe() {
      return null;
    }
  }

  /** Ends the JVM when it is made. */
  public static final class ExitsWhenMade extends Good {
    /** Never comes back. */
    public ExitsWhenMade() {
      System.exit(7);
    }
  }

  /** Never comes back from being made. */
  public static final class HangsWhenMade extends Good {
    /** Never comes back. */
    public HangsWhenMade() {
      hang();
    }
  }

  /** Wants all the memory that there is. */
  public static final class Eats extends Good {
    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      List<byte[]> eaten = new ArrayList<>();
      while (eaten.size() < Integer.MAX_VALUE) {
        eaten.add(new byte[1 << 22]);
      }
      return super.open(settings, environment);
    }
  }

  /** Talks, on every way that there is, and reads what is not for it. */
  public static final class Talks extends Good {
    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      System.out.println("failed\tby its own word");
      System.err.println("passed");
      new PrintStream(new FileOutputStream(FileDescriptor.out), true).println("gone\nexiting\tx");
      try {
        while (System.in.read() >= 0) {
          // All of it.
        }
      } catch (IOException e) {
        // There is none.
      }
      return super.open(settings, environment);
    }
  }

  /** Makes classes, and forgets none. */
  public static final class MakesClasses extends Good {
    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      byte[] code = code();
      List<Object> kept = new ArrayList<>();
      while (kept.size() < Integer.MAX_VALUE) {
        kept.add(new Copies().of(code));
      }
      return super.open(settings, environment);
    }

    private static byte[] code() {
      try (InputStream in = Good.class.getResourceAsStream("Good.class")) {
        return Objects.requireNonNull(in).readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static final class Copies extends ClassLoader {
      Copies() {
        super(Faulty.class.getClassLoader());
      }

      Class<?> of(byte[] code) {
        return defineClass(Good.class.getName(), code, 0, code.length);
      }
    }
  }

  /** Tells the JVM to call it at its end, and so stays for good. */
  public static final class Stays extends Good {
    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      PaymentGateway gateway = super.open(settings, environment);
      Runtime.getRuntime().addShutdownHook(new Thread(gateway::toString, "of acme"));
      return gateway;
    }
  }

  /** Writes its requests in the charset that the server happens to have. */
  public static final class WritesByDefault extends Good {
    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      HttpTransport whole = environment.http();
      return super.open(
          settings,
          environment.with(
              new HttpTransport() {
                @Override
                public HttpResponse send(HttpRequest request, Duration limit) {
                  String body = new String(request.body(), StandardCharsets.UTF_8);
                  return whole.send(
                      new HttpRequest(
                          request.method(),
                          request.uri(),
                          request.headers(),
                          body.getBytes(Charset.defaultCharset())),
                      limit);
                }

                @Override
                public void close() {
                  // The framework's.
                }
              }));
    }
  }

  /** Interrupts whoever is there, when it is opened. */
  public static final class InterruptsOthers extends Good {
    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread != Thread.currentThread()) {
          thread.interrupt();
        }
      }
      return super.open(settings, environment);
    }
  }

  /** Its class can't be initialised. */
  public static final class Unlicensed extends Good {
    private static final String LICENCE = licence();

    private static String licence() {
      throw new IllegalStateException("no licence file");
    }

    @Override
    public String id() {
      return LICENCE;
    }
  }

  /** Throws a book. */
  public static final class Rambles extends Good {
    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      throw new IllegalStateException("It all began: " + "and then ".repeat(20_000));
    }
  }

  /** Uses a library that it does not bring. */
  public static final class NeedsALibrary extends Good {
    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      JsonMapper.shared().createObjectNode();
      return super.open(settings, environment);
    }
  }

  /** Prints its secret. */
  public static final class PrintsItsSecret extends Good {
    @Override
    public PaymentGateway open(GatewaySettings settings, GatewayEnvironment environment) {
      settings
          .optionalSecret(ReferenceGatewayProvider.SECRET_KEY)
          .ifPresent(secret -> System.err.println("opened with " + secret.reveal()));
      return super.open(settings, environment);
    }
  }
}
