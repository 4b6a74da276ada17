"""Writes event-file.json: an event file as tensorboard's own record writer and protobuf classes make it.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install tensorboard
    /tmp/venv/bin/python test/services/reference/make_event_file.py
    /tmp/venv/bin/python test/services/reference/make_event_file.py --read <folder>   (scalars that tensorboard finds, as JSON)
"""

import io
import json
import pathlib
import sys

import tensorboard
from tensorboard.backend.event_processing import event_accumulator
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter


def write():
    events = [
        event_pb2.Event(wall_time=1.5, file_version="brain.Event:2"),
        event_pb2.Event(wall_time=1.5, step=4, session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START)),
        event_pb2.Event(
            wall_time=1.5,
            step=300,
            summary=summary_pb2.Summary(
                value=[
                    summary_pb2.Summary.Value(tag="train/loss", simple_value=0.625),
                    summary_pb2.Summary.Value(tag="train/활성", simple_value=-3.0),
                ]
            ),
        ),
    ]
    stream = io.BytesIO()
    writer = RecordWriter(stream)
    for event in events:
        writer.write(event.SerializeToString())
    content = {"madeWith": {"tensorboard": tensorboard.__version__}, "hex": stream.getvalue().hex()}
    file = pathlib.Path(__file__).parent / "event-file.json"
    file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def read(folder):
    events = event_accumulator.EventAccumulator(folder, size_guidance={event_accumulator.TENSORS: 0})
    events.Reload()
    found = {}
    for tag in sorted(events.Tags()["scalars"] + events.Tags()["tensors"]):
        scalars = events.Scalars(tag) if tag in events.Tags()["scalars"] else []
        found[tag] = [[scalar.step, scalar.value] for scalar in scalars]
    print(json.dumps(found, ensure_ascii=False))


read(sys.argv[2]) if "--read" in sys.argv else write()
