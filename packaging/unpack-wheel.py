# SPDX-License-Identifier: Apache-2.0
"""Unpacks the files of a wheel that match one of the patterns: WHEEL FOLDER PATTERN…

Uses the standard library only. Exit status 1 with a sentence when the wheel is damaged.
"""
import fnmatch
import os
import shutil
import sys
import zipfile


def main():
    wheel, folder, patterns = sys.argv[1], sys.argv[2], sys.argv[3:]
    root = os.path.realpath(folder)
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            if entry.is_dir() or not any(fnmatch.fnmatchcase(entry.filename, p) for p in patterns):
                continue
            target = os.path.realpath(os.path.join(root, entry.filename))
            if not target.startswith(root + os.sep):
                raise ValueError("it names a file outside its folder: " + entry.filename)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with archive.open(entry) as source, open(target, "wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)


try:
    main()
except (OSError, ValueError, zipfile.BadZipFile) as error:
    sys.exit("Error: '%s' could not be unpacked: %s." % (sys.argv[1], error))
