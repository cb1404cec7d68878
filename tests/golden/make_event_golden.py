# SPDX-License-Identifier: Apache-2.0
"""Prints the records of TensorBoard's event files that tests/training/loop/parts_test.cpp expects,
as hexadecimal digits. With a folder: reads the event file in it with TensorBoard's own reader and
prints the curves. Run by hand: python tests/golden/make_event_golden.py [FOLDER]
(tensorboard 2.21)."""

import io
import sys

from tensorboard.backend.event_processing import event_accumulator
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer import record_writer


def record(event):
    stream = io.BytesIO()
    record_writer.RecordWriter(stream).write(event.SerializeToString())
    return stream.getvalue().hex()


def show(folder):
    curves = event_accumulator.EventAccumulator(folder)
    curves.Reload()
    for tag in curves.Tags()["scalars"]:
        values = curves.Scalars(tag)
        print(f"{tag}: {len(values)} values, steps {values[0].step} to {values[-1].step}")


def main():
    value = summary_pb2.Summary.Value
    print(record(event_pb2.Event(wall_time=1.5, file_version="brain.Event:2")))
    print(record(event_pb2.Event(wall_time=2.5, step=300, summary=summary_pb2.Summary(value=[
        value(tag="train/loss", simple_value=0.75), value(tag="b", simple_value=-1.0)]))))


if __name__ == "__main__":
    show(sys.argv[1]) if len(sys.argv) > 1 else main()
