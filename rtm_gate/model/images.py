"""Pictures that are known the world over, as a list of them describes each."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Line = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]*[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$", max_length=200)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class KnownImage(BaseModel):
    """`words` give it away in a description, but not beside one of `unless`; `sha256` are of the bytes of its files."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    title: Line
    event: Line
    year: int | None = Field(default=None, ge=1, le=9999)
    words: tuple[Line, ...] = Field(default=(), strict=False)
    unless: tuple[Line, ...] = Field(default=(), strict=False)
    sha256: tuple[Hash, ...] = Field(default=(), strict=False)

    @property
    def told(self) -> str:
        """`The Hindenburg in flames (Hindenburg disaster, Lakehurst, 1937)`."""
        return f"{self.title} ({self.event}{f', {self.year}' if self.year else ''})"


class KnownImages(BaseModel):
    """A list of pictures: a table `[[image]]` each."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, title="images.toml")

    image: tuple[KnownImage, ...] = Field(default=(), strict=False)
