import { endpoints } from '@careconnect/contracts';
import { bindEndpoints, type BoundEndpoint } from '../../core/bind-endpoint.ts';
import type { AttachmentService } from './attachment.service.ts';

export function bindAttachmentEndpoints(attachments: AttachmentService): BoundEndpoint[] {
  return bindEndpoints(endpoints.attachments, {
    begin: (caller, { params, body }) => attachments.begin(caller, params, body),
    append: (caller, { params, query, body }) => attachments.append(caller, params, query.offset, body),
    content: (caller, { params }) => attachments.content(caller, params),
  });
}
