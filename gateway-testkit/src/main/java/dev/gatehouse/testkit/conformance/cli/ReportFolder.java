package dev.gatehouse.testkit.conformance.cli;

import dev.gatehouse.error.InvalidInputException;
import dev.gatehouse.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where reports go. */
final class ReportFolder {
  private final Path folder;

  private ReportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder, made if it is not there, without these files that an earlier run may have left.
   * Called before anything runs, as after that it would be a pity.
   *
   * @throws InvalidInputException if nothing can be written there
   */
  static ReportFolder prepare(Path folder, String... files) {
    try {
      Files.createDirectories(folder);
      // Some folders say that they take files, and do not.
      Files.delete(Files.createTempFile(folder, "report", null));
      for (String file : files) {
        Files.deleteIfExists(folder.resolve(file));
      }
      return new ReportFolder(folder);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  void write(String file, String text) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  Path file(String name) {
    return folder.resolve(name).toAbsolutePath().normalize();
  }

  private static InvalidInputException unwritable(Path folder, IOException why) {
    return new InvalidInputException(
        new Problem(
            "--report",
            "report.unwritable",
            "nothing can be written to the folder " + folder + " (" + why + ")",
            "name a folder that is yours, or one that can be made"));
  }
}
