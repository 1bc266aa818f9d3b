"""The probe of the known pictures: whether the project's own list can be used."""

from __future__ import annotations

from collections.abc import Iterator

from rtm_gate.gate.doctor.row import Row, failed, ok
from rtm_gate.gate.doctor.subject import Subject
from rtm_gate.gate.images import images_for
from rtm_gate.vocabulary.images import standard_images


def images(subject: Subject) -> Iterator[Row]:
    own, problems = images_for(subject.project)
    for problem in problems:
        yield failed(problem, "mend the file, or take `images` out of rtm-gate.toml; until then everything is held")
    if problems:
        return
    shipped = f"{len(standard_images())} pictures of catastrophe are known by their words"
    if subject.project.images is None:
        yield ok(shipped)
    else:
        hashes = sum(len(image.sha256) for image in own)
        yield ok(f"{shipped}; {subject.project.images} lists {len(own)}, with {hashes} files")
