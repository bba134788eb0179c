"""Files of a form on their way in: held in memory, never in a temporary file, and no more than is wanted.

Set on the request before anything reads it: ``request.upload_handlers = [InMemory(…)]``.
"""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class InMemory(FileUploadHandler):
    """What is larger than ``most_bytes``, or comes after ``most_together`` bytes, is counted and not kept.

    Such a file arrives with its name, its true ``size``, no content, and ``is_whole`` False.
    """

    def __init__(self, request=None, *, most_bytes, most_together):
        super().__init__(request)
        self.most_bytes, self.room = most_bytes, most_together

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.chunks, self.size, self.is_whole = [], 0, True

    def receive_data_chunk(self, raw_data, start):
        self.size += len(raw_data)
        if not self.is_whole:
            return
        self.chunks.append(raw_data)
        self.room -= len(raw_data)
        if self.size > self.most_bytes or self.room < 0:
            self.room += self.size  # what was kept of it goes again
            self.chunks, self.is_whole = [], False

    def file_complete(self, file_size):
        file = InMemoryUploadedFile(
            BytesIO(b"".join(self.chunks)), self.field_name, self.file_name, self.content_type, self.size, self.charset,
            self.content_type_extra,
        )  # fmt: skip
        file.is_whole = self.is_whole
        return file
